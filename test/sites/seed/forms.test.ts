import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../packages/core/src/charset/index.ts';
import { fingerprint, sameStoryMin, similarity } from '../../../packages/core/src/fingerprint/index.ts';
import { detectScript, normalizeLine, normalizeText, repairGlosses } from '../../../packages/core/src/hanzi/index.ts';
import { parsePage } from '../../../packages/core/src/index.ts';
import { detectLanguage } from '../../../packages/core/src/language/index.ts';

interface Expected {
  readonly headline: string;
  readonly alternativeHeadline?: string;
  readonly copyrightNotice?: string;
  readonly bodyParagraphs: readonly string[];
}

const read = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));
const expectedOf = (name: string): Expected => JSON.parse(new TextDecoder().decode(read(name)));

/** The printed pieces of a page, decoded and normalized; a stand-in for a parser that would do for these four files. */
function piecesOf(markup: string, repair: (text: string) => string): string[] {
  const pieces = markup.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').split(/<[^>]*>/);
  return pieces.map((piece) => normalizeText(repair(piece.replaceAll('&nbsp;', '\u00a0'))));
}

describe('the seed page', () => {
  const expected = expectedOf('expected.json');

  it.each([
    ['glossed.html', 'utf-8', ['pinyin-gloss', 'traditional-to-simplified']],
    ['simplified.html', 'utf-8', []],
    ['simplified-gb18030.html', 'gb18030', []],
  ])('%s has the clean text after decoding, repair and normalization', (name, charset, repairs) => {
    const decoded = decodeBytes(read(name), 'text/html');
    expect(decoded).toMatchObject({ charset, repairs: [] });
    const decision = repairGlosses(decoded.text);
    expect(decision.repairs).toEqual(repairs);
    const pieces = piecesOf(decoded.text, decision.apply);
    const lines = pieces.map(normalizeLine);
    expect(lines).toContain(expected.headline);
    expect(lines).toContain(`原标题:${expected.alternativeHeadline}`);
    expect(pieces).toContain(expected.copyrightNotice);
    for (const paragraph of expected.bodyParagraphs) expect(pieces).toContain(paragraph);
    expect(pieces).toContain('来源:中国甘肃网-兰州日报');
    expect(detectScript(pieces.join(''))).toBe('Hans');
  });

  it.each(['glossed.html', 'simplified.html', 'simplified-gb18030.html'])('%s parses to exactly the body', (name) => {
    const { verdict } = parsePage({
      url: 'http://gansu.gscn.com.cn/system/2022/01/26/012703712.shtml',
      bytes: read(name),
      contentType: 'text/html',
      fetchedAt: '2022-01-27T00:00:00Z',
    });
    expect(verdict.type === 'article' && verdict.article.body.split('\n\n')).toEqual(expected.bodyParagraphs);
  });

  it('is found to be GB18030 when nothing declares it', () => {
    const bytes = read('simplified-gb18030.html');
    const bare = Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/<meta http-equiv[^>]*>/, ''),
      'latin1',
    );
    expect(decodeBytes(bare, 'text/html')).toMatchObject({ charset: 'gb18030', repairs: [] });
  });

  it('stays traditional where a Hong Kong paper printed it', () => {
    const { headline, bodyParagraphs } = expectedOf('expected-hk.json');
    const { text, repairs } = decodeBytes(read('traditional-hk.html'), 'text/html; charset=utf-8');
    const decision = repairGlosses(text);
    expect([...repairs, ...decision.repairs]).toEqual([]);
    const pieces = piecesOf(text, decision.apply);
    expect(pieces.map(normalizeLine)).toContain(headline);
    for (const paragraph of bodyParagraphs) expect(pieces).toContain(paragraph);
    expect(detectLanguage(bodyParagraphs.join('\n'), { htmlLang: 'zh-HK' })).toBe('zh-Hant');
  });

  it('is one story with its copies, another with the rewritten report', () => {
    const print = fingerprint(expected.bodyParagraphs.join('\n\n')) ?? '';
    const { text } = decodeBytes(read('glossed.html'));
    const { apply } = repairGlosses(text);
    const body = /<div class="a-container">([\s\S]*?)<\/div>/.exec(text)?.[1] ?? '';
    expect(similarity(print, fingerprint(apply(body.replace(/<[^>]*>|&nbsp;/g, ' '))) ?? '')).toBeGreaterThan(0.8);
    const rewritten = expectedOf('expected-hk.json').bodyParagraphs.join('\n\n');
    expect(similarity(print, fingerprint(rewritten) ?? '')).toBeLessThan(sameStoryMin);
  });
});
