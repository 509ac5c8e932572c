/** Labelled articles and what copies make of them; shared by the benches of fingerprints and of clusters. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { traditionalToSimplified } from '../../../packages/core/src/hanzi/index.ts';

function readBodies(folder: string): string[] {
  const file = `${folder}/truth.jsonl`;
  if (!existsSync(file)) return readdirSync(folder).flatMap((set) => readBodies(`${folder}/${set}`));
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.flatMap((line) => (JSON.parse(line) as { body?: string }).body ?? []);
}

/** Bodies of four paragraphs and more, each once; none when no folder is there. */
export function loadBodies(folders: readonly string[]): string[] {
  const present = folders.filter((folder) => existsSync(folder));
  return [...new Set(present.flatMap(readBodies))].filter((body) => body.split('\n').filter(Boolean).length >= 4);
}

const paragraphsOf = (body: string): string[] => body.split('\n').filter((line) => line.trim() !== '');

const traditionalOf = new Map(
  [...traditionalToSimplified].reverse().map(([traditional, simplified]) => [simplified, traditional]),
);
const toTraditional = (body: string): string =>
  Array.from(body, (character) => traditionalOf.get(character) ?? character).join('');

/** Taiwan prints other words, too. */
const words: Readonly<Record<string, string>> = {
  计划: '計畫',
  信息: '資訊',
  网络: '網路',
  数据: '資料',
  软件: '軟體',
  质量: '品質',
  项目: '專案',
  视频: '影片',
  通过: '透過',
  水平: '水準',
  新冠: '武肺',
  互联网: '網際網路',
  服务器: '伺服器',
  博客: '部落格',
  领导: '領袖',
  台湾: '臺灣',
  公里: '公里',
};
const toTaiwan = (body: string): string =>
  toTraditional(Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), body));
const isHan = (body: string): boolean => (body.match(/[\u4e00-\u9fff]/g)?.length ?? 0) > 0.3 * body.length;

export type Edit = (body: string, i: number) => string | undefined;

/** What copies do to a story; some take a paragraph from another one of `bodies`. Undefined: not for this language. */
export const createEdits = (bodies: readonly string[]): Readonly<Record<string, Edit>> => ({
  'dateline changed': (body) => `【本报讯】记者1月26日从有关部门获悉：${body.slice(12)}`,
  'first paragraph cut': (body) => paragraphsOf(body).slice(1).join('\n'),
  'last paragraph cut': (body) => paragraphsOf(body).slice(0, -1).join('\n'),
  'middle paragraph cut': (body, i) =>
    paragraphsOf(body)
      .filter((_, k, all) => k !== 1 + (i % Math.max(1, all.length - 2)))
      .join('\n'),
  'paragraph added': (body, i) => {
    const other = paragraphsOf(bodies[(i + 7) % bodies.length] ?? '');
    return `${body}\n${other[1] ?? other[0] ?? ''}`;
  },
  'traditional (Hong Kong)': (body) => (isHan(body) ? toTraditional(body) : undefined),
  'traditional (Taiwan words)': (body) => (isHan(body) ? toTaiwan(body) : undefined),
  'all at once': (body, i) => {
    const kept = paragraphsOf(body).slice(0, -1).join('\n');
    const other = paragraphsOf(bodies[(i + 3) % bodies.length] ?? '')[0] ?? '';
    const text = `本报综合消息 ${kept.slice(8)}\n${other.slice(0, 80)}`;
    return isHan(body) ? toTraditional(text) : text;
  },
});
