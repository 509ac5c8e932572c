import { type Evidence, metaOf } from './evidence.ts';
import { segmentsOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { parseMetaLine } from './meta-line.ts';
import { creditedOutlet, parseSourceChain } from './source-chain.ts';
import { fold, textOf } from './text.ts';

export interface SourceChain {
  readonly chain: readonly string[];
  readonly from: string;
}

const NEVER = { now: '2100-01-01T00:00:00Z' };
const OUTLET =
  /(?:社|网|網|报|報|台|臺|刊|新闻|新聞|频道|客户端|时报|财经|在线|科技|娱乐|家|号|局|部|院|会|雲|周刊|视频|综合|[A-Za-z]+)$/;

/**
 * The outlets the story came through. Order of trust: a labelled value (`来源：`) near the headline, `#source_baidu` and
 * elements of that class, a label behind the text, metadata (`ContentSource`), then who the text's head credits.
 */
export function findSources(evidence: Evidence, layout: Layout): SourceChain | undefined {
  const placeholders: SourceChain[] = [];
  const accept = (chain: readonly string[], from: string): SourceChain | undefined => {
    if (chain.length === 0) return undefined;
    if (/原创|互联网|网络/.test(chain[0] ?? '')) {
      placeholders.push({ chain, from });
      return undefined;
    }
    return { chain, from };
  };
  for (const [lines, from] of [
    [layout.head, 'meta-line'],
    [layout.tail, 'tail-line'],
  ] as const) {
    if (from === 'tail-line') {
      for (const mark of evidence.marks) {
        if (mark.kind !== 'source' || mark.off || (layout.bodyLast >= 0 && mark.line > layout.bodyLast + 10)) continue;
        const text = textOf(mark.element, 81);
        if (text.length < 2 || text.length > 80) continue;
        const labelled = parseMetaLine(text, NEVER).sourceChain;
        const chain = labelled.length > 0 ? labelled : segmentsOf(text).length === 0 ? parseSourceChain(text) : [];
        const found =
          labelled.length > 0 || OUTLET.test(chain[0] ?? '') ? accept(chain, `${mark.by}:source`) : undefined;
        if (found) return found;
      }
    }
    for (const line of lines) {
      if (
        line.length > (from === 'tail-line' ? 80 : 200) ||
        !/源|处|處|来自|转自|轉自|摘自|ource|uelle|uente/.test(line.text)
      )
        continue;
      const found = accept(parseMetaLine(line.text, NEVER).sourceChain, from);
      if (found) return found;
    }
  }
  const meta = metaOf(
    evidence.metas,
    'contentsource',
    'source',
    'mediaid',
    'article:source',
    'dc.source',
    'news_source',
    'og:article:source',
  );
  if (meta && !/^https?:|^\d+$/.test(meta)) {
    const found = accept(parseSourceChain(meta), 'meta:source');
    if (found) return found;
  }
  const credited = layout.lead[0] ? creditedOutlet(layout.lead[0]) : undefined;
  if (credited) return { chain: [credited], from: 'body-lead' };
  return placeholders[0];
}

/** Adds the origin that the text credits (`据新华社报道`) behind a republisher, when the chain does not have it. */
export function withCredit(found: SourceChain, lead: string | undefined): SourceChain {
  const credited = lead ? creditedOutlet(lead) : undefined;
  if (
    !credited ||
    found.chain.some((name) => fold(name).includes(fold(credited)) || fold(credited).includes(fold(name)))
  )
    return found;
  return { chain: [...found.chain, credited], from: `${found.from}, body-lead` };
}
