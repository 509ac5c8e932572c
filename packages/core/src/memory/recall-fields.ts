import { parseDate, zoneFor } from '../dates/index.ts';
import type { Segments } from '../extract/segment.ts';
import type { FieldsResult } from '../fields/index.ts';
import type { PlacedField } from './observation.ts';
import type { PlaceRecord, SiteMemory } from './site-memory.ts';

export interface RecallInput {
  readonly memory: SiteMemory;
  readonly template: string;
  readonly segments: Segments;
  readonly placeOf: (container: number) => string;
  readonly url: string;
  /** When the page was fetched, ISO 8601. */
  readonly now: string;
  readonly language: string | undefined;
}

/** Evidence that the learned place outweighs; a field without any is weak too. */
const weakEvidence: Readonly<Record<PlacedField, RegExp>> = {
  headline: /^(?:title|above-meta-line|h[2-6])$/,
  datePublished: /^(?:line|tail-line|body-lead|image-url)\b/,
  sourceChain: /^publisher$/,
};

/** Weight of a place that has been seen on four pages in a row (1 + .92 + .92² + .92³). */
const weightMin = 3.5;
/** Share that the best place has of all the weight of its field. */
const agreementMin = 0.8;
const lineLengthMax = 160;
const headlineLengths = [6, 200] as const;
/** More blocks in one place are a list, not the place of one thing. */
const blocksInPlaceMax = 3;

/**
 * Fills fields that the page gives no or weak evidence for from the place where its template has them. Provenance then
 * says `site-memory`.
 */
export function recallFields(fields: FieldsResult, input: RecallInput): FieldsResult {
  const places = input.memory.templates.get(input.template)?.places;
  if (places === undefined) return fields;
  const linesFor = (field: PlacedField): string[] => {
    const evidence = fields.provenance[field];
    if (fields[field] !== undefined && (evidence === undefined || !weakEvidence[field].test(evidence))) return [];
    const place = surePlace(places[field]);
    return place === undefined ? [] : linesAt(input, place);
  };
  const headline = linesFor('headline').find(
    ({ length }) => length >= headlineLengths[0] && length <= headlineLengths[1],
  );
  const date = firstDate(linesFor('datePublished'), input);
  const source = linesFor('sourceChain')
    .map(sourceIn)
    .find((name) => name !== undefined);
  if (headline === undefined && date === undefined && source === undefined) return fields;
  return {
    ...fields,
    ...(headline === undefined ? {} : { headline }),
    ...(date === undefined ? {} : { datePublished: date.iso, datePublishedPrecision: date.precision }),
    ...(source === undefined ? {} : { sourceChain: [source] }),
    provenance: {
      ...fields.provenance,
      ...(headline === undefined ? {} : { headline: 'site-memory' }),
      ...(date === undefined ? {} : { datePublished: date.from }),
      ...(source === undefined ? {} : { sourceChain: 'site-memory' }),
    },
  };
}

/** The place that most of the template's latest pages agree on. */
function surePlace(records: readonly PlaceRecord[] | undefined): string | undefined {
  const [best] = records ?? [];
  if (best === undefined || best.weight < weightMin) return undefined;
  const all = (records ?? []).reduce((sum, { weight }) => sum + weight, 0);
  return best.weight >= agreementMin * all ? best.place : undefined;
}

function linesAt({ segments, placeOf }: RecallInput, place: string): string[] {
  const lines: string[] = [];
  for (const { text, container, linkChars } of segments.blocks) {
    if (text.length > 300 || linkChars > 0.8 * text.length || placeOf(container) !== place) continue;
    lines.push(text);
    if (lines.length > blocksInPlaceMax) return [];
  }
  return lines;
}

function firstDate(lines: readonly string[], { url, now, language }: RecallInput) {
  if (lines.length === 0) return undefined;
  const zone = zoneFor(language, new URL(url).hostname);
  const context = {
    now,
    zoneHint: zone.offset,
    summerTime: zone.summerTime,
    yearFirst: zone.offset === '+08:00',
  };
  for (const line of lines) {
    const date = line.length > lineLengthMax ? undefined : parseDate(line, context);
    if (date === undefined || date.yearInferred || date.relative) continue;
    return { ...date, from: date.zone === 'hint' ? `site-memory (zone: ${zone.reason})` : 'site-memory' };
  }
  return undefined;
}

/** What is left of a source line without its label and its date: `2026-01-02 10:15 来源:新华网 字号`. */
function sourceIn(line: string): string | undefined {
  if (line.length > lineLengthMax) return undefined;
  const labelled = /(?:来源|來源|稿源|Source)\s{0,2}[:：]\s{0,2}([^\s:：|]{2,30})/i.exec(line)?.[1];
  const rest = labelled ?? line.replace(/\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?/g, ' ').trim();
  return /^[\p{L}\p{N}·]{2,20}$/u.test(rest) && /\p{L}/u.test(rest) ? rest : undefined;
}
