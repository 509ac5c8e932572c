import { decodeBytes } from '../../../packages/core/src/charset/index.ts';
import { bodyHtml } from '../../../packages/core/src/extract/body-html.ts';
import { findBody } from '../../../packages/core/src/extract/find-body.ts';
import { collectImages } from '../../../packages/core/src/extract/images.ts';
import { dropLines } from '../../../packages/core/src/extract/lines.ts';
import { modelPage } from '../../../packages/core/src/extract/page-model.ts';
import { bodyText } from '../../../packages/core/src/extract/render.ts';
import { segment } from '../../../packages/core/src/extract/segment.ts';
import { readHints } from '../../../packages/core/src/extract/story-hints.ts';
import { collectEvidence, extractFields } from '../../../packages/core/src/fields/index.ts';
import { contentHash, fingerprint } from '../../../packages/core/src/fingerprint/index.ts';
import { normalizeText, repairGlosses } from '../../../packages/core/src/hanzi/index.ts';
import { parseDom } from '../../../packages/core/src/html/dom.ts';
import { collectLinks } from '../../../packages/core/src/html/links.ts';
import { readHead } from '../../../packages/core/src/html/page-head.ts';
import { sniffText } from '../../../packages/core/src/html/sniff.ts';
import { detectLanguage } from '../../../packages/core/src/language/index.ts';
import type { LabelledPage } from '../extract/data.ts';

/** The parts of parsePage, one after the other as parsePage calls them: name → milliseconds over all pages. */
export function partsOf(pages: readonly LabelledPage[], fetchedAt: string): Map<string, number> {
  const parts = new Map<string, number>();
  const timed = <T>(part: string, work: () => T): T => {
    const start = performance.now();
    const result = work();
    parts.set(part, (parts.get(part) ?? 0) + performance.now() - start);
    return result;
  };
  for (const { url, bytes } of pages) {
    const { text } = timed('decode', () => decodeBytes(bytes, 'text/html'));
    if (timed('sniff', () => sniffText(text, 'text/html')) !== 'html') continue;
    const { document } = timed('dom', () => parseDom(text));
    timed('glosses', () => repairGlosses(text));
    const segments = timed('segment', () => segment(document));
    const head = timed('head', () => readHead(segments.head, url));
    timed('links', () => collectLinks(segments, head));
    const hints = timed('hints', () => readHints(segments, head));
    const model = timed('page model', () => modelPage(segments, hints.title.index));
    const keep = timed('block model', () => findBody(model, hints));
    timed('drop lines', () => dropLines(segments, keep));
    const evidence = timed('evidence', () => collectEvidence(document, { url, fetchedAt }));
    const body = timed('body', () => normalizeText(bodyText(segments, keep)));
    const language = timed('language', () => detectLanguage(body, { htmlLang: evidence.declaredLanguage }));
    const bodyBlocks = segments.blocks
      .filter((_, index) => keep[index] === 1)
      .map((block) => ({ text: block.text, node: block.leaves[0] ?? document }));
    timed('fields', () => extractFields(document, evidence, { url, fetchedAt, bodyBlocks, language }));
    timed('body html', () => bodyHtml(segments, keep, head.resolve));
    timed('images', () => collectImages(segments, keep, head));
    timed('fingerprint', () => [fingerprint(body), contentHash('', body)]);
  }
  return parts;
}
