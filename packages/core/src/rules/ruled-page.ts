import type { Element } from 'domhandler';
import { parseDate, zoneFor } from '../dates/index.ts';
import type { Segments } from '../extract/segment.ts';
import type { FieldsResult } from '../fields/index.ts';
import type { RuleFindings } from './site-rules.ts';

/** Marks the blocks of text that lie in one of the elements. */
export function blocksUnder({ blocks, containers }: Segments, elements: ReadonlySet<Element>): Uint8Array {
  const inside = containers.map(({ element }) => elements.has(element as Element));
  // Parents come before their children, so one pass hands it down.
  for (const [index, { parent }] of containers.entries()) if (inside[parent]) inside[index] = true;
  return Uint8Array.from(blocks, ({ container }) => (inside[container] ? 1 : 0));
}

/** The fields with what the rule found in the place of what the parser did. */
export function ruledFields(
  fields: FieldsResult,
  { headline, date }: RuleFindings,
  { url, now, language }: { readonly url: string; readonly now: string; readonly language: string | undefined },
): FieldsResult {
  const provenance = { ...fields.provenance };
  if (headline !== undefined) provenance.headline = 'rule';
  const zone = zoneFor(language, new URL(url).hostname);
  const published =
    date === undefined
      ? undefined
      : parseDate(date, {
          now,
          zoneHint: zone.offset,
          summerTime: zone.summerTime,
          yearFirst: zone.offset === '+08:00',
        });
  if (published !== undefined)
    provenance.datePublished = published.zone === 'hint' ? `rule (zone: ${zone.reason})` : 'rule';
  return {
    ...fields,
    ...(headline === undefined ? {} : { headline }),
    ...(published === undefined ? {} : { datePublished: published.iso, datePublishedPrecision: published.precision }),
    provenance,
  };
}
