import { type Evidence, metaOf } from './evidence.ts';
import { type LdNode, textValue, typesOf } from './json-ld.ts';
import { segmentsOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { fold, plainText } from './text.ts';

/** The small fields: another title, summary, keywords, copyright, free or paid. */

export interface Note {
  readonly text: string;
  readonly from: string;
}

/** Without brackets at the end and without quotation marks around the whole. */
function unquote(text: string | undefined): string | undefined {
  const bare = text?.replace(/[)）】\]，,；;]+$/, '').trim();
  return bare?.replace(/^《([^《》]*)》$/u, '$1').replace(/^“([^“”]*)”$/u, '$1');
}

/** 原标题, 副题, 引题, or schema.org's `alternativeHeadline`; never the headline again. */
export function findAlternativeHeadline(evidence: Evidence, layout: Layout, headline: string): Note | undefined {
  for (const line of [...layout.head, ...layout.body, ...layout.tail]) {
    if (line.length > 160 || !/题|題/.test(line.text)) continue;
    const original =
      /(?:^|[（(]|本文)原(?:标|標)?[题題](?:为|為)?[:：]?\s?(?:《([^《》]{4,100})》|“(.{4,100})”)\s?(?:[)）\]】，,。]|$)/u
        .exec(line.text)
        ?.slice(1)
        .find((group) => group !== undefined);
    const labelled = original ?? segmentsOf(line.text).find((segment) => segment.kind === 'title')?.value;
    const text = unquote(labelled);
    if (text && fold(text) !== '') return { text, from: 'title-line' };
  }
  for (const [value, from] of [
    [textValue(evidence.ld?.alternativeHeadline), 'json-ld:alternativeHeadline'],
    [metaOf(evidence.metas, 'founder:subtitle', 'founder:introtitle'), 'meta:subtitle'],
  ] as const) {
    const text = value ? plainText(value, 300) : '';
    if (text && fold(text) !== fold(headline)) return { text, from };
  }
  return undefined;
}

export function findDescription(evidence: Evidence): Note | undefined {
  const meta = metaOf(
    evidence.metas,
    'og:description',
    'description',
    'twitter:description',
    'dc.description',
    'sailthru.description',
  );
  const ld = textValue(evidence.ld?.description);
  if (meta && meta.length > 10) return { text: meta, from: 'meta:description' };
  const text = ld ? plainText(ld) : '';
  return text ? { text, from: 'json-ld:description' } : undefined;
}

const KEYWORDS_MAX = 30;

export function findKeywords(
  evidence: Evidence,
): { readonly words: readonly string[]; readonly from: string } | undefined {
  const lists: readonly (readonly [readonly string[], string])[] = [
    [ldKeywords(evidence), 'json-ld:keywords'],
    [evidence.metas.get('news_keywords') ?? [], 'meta:news_keywords'],
    [evidence.metas.get('article:tag') ?? [], 'meta:article:tag'],
    [evidence.metas.get('keywords') ?? [], 'meta:keywords'],
  ];
  for (const [values, from] of lists) {
    const words: string[] = [];
    for (const value of values) {
      const text = plainText(value, 1000);
      const parts = /[,，;；、|]/.test(text)
        ? text.split(/\s*[,，;；、|]\s*/)
        : /\p{Script=Han}/u.test(text)
          ? text.split(' ')
          : [text];
      for (const part of parts) {
        const word = part.trim();
        if (word !== '' && word.length <= 60 && !words.includes(word) && words.length < KEYWORDS_MAX) words.push(word);
      }
    }
    if (words.length > 0) return { words, from };
  }
  return undefined;
}

function ldKeywords(evidence: Evidence): string[] {
  const value = evidence.ld?.keywords;
  const list = Array.isArray(value) ? value : [value];
  // Some publishers put `Tag:…` and `channel:…` of their own systems there.
  return list.filter((item): item is string => typeof item === 'string' && !/^(?:\w{1,20}:|@)/.test(item));
}

const MAY_BE_NOTICE = /©|copyright|reserved|版权|版權|著作/i;
const OWN_NOTICE = /^[（(【[*※]?\s?(?:版权声明|版權聲明|版权归|本文版权|著作权声明)/u;

/** The copyright line that belongs to the story (`版权声明：…`), else the line of the footer. */
export function findCopyright(evidence: Evidence, layout: Layout): Note | undefined {
  // A notice of the story's own kind (`版权声明：…`) says more than the footer's `Copyright ©`.
  const from = Math.max(0, layout.bodyFirst);
  let footer: string | undefined;
  for (const line of evidence.lines.slice(from)) {
    if (line.length > 400 || !MAY_BE_NOTICE.test(line.text)) continue;
    if (OWN_NOTICE.test(line.text)) return { text: line.text, from: 'notice-line' };
    if (
      line.length <= 300 &&
      /©|copyright|all rights reserved|版权所有|版權所有/i.test(line.text) &&
      /\d{4}|reserved|所有/i.test(line.text)
    )
      footer ??= line.text;
  }
  const declared =
    textValue(evidence.ld?.copyrightNotice) ??
    metaOf(evidence.metas, 'copyright', 'dc.rights', 'dcterms.rights', 'rights');
  if (footer) return { text: footer, from: 'footer-line' };
  return declared ? { text: plainText(declared, 300), from: 'meta:copyright' } : undefined;
}

function isPaidPart(node: LdNode): boolean {
  const types = typesOf(node);
  return node.isAccessibleForFree !== undefined && (types.includes('WebPageElement') || types.includes('WebPage'));
}

/** schema.org's `isAccessibleForFree`; undefined when the page does not say. */
export function isFree(evidence: Evidence): boolean | undefined {
  const own = evidence.ld?.isAccessibleForFree;
  // Some say it of the part behind the wall only, or of the page that holds the story.
  const value = own ?? evidence.graph.nodes.find(isPaidPart)?.isAccessibleForFree;
  if (typeof value === 'boolean') return value;
  const text = textValue(value)?.toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  const tier = metaOf(evidence.metas, 'article:content_tier')?.toLowerCase();
  return tier === 'free' ? true : tier === 'locked' || tier === 'metered' ? false : undefined;
}
