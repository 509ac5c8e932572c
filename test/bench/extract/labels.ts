import { isDenseText, tokens } from './score.ts';

/** Which blocks of a page stand in the gold body, found by aligning the two texts. */
export interface BlockLabels {
  /** 1 when at least half of the block's tokens are in the gold body at a fitting place. */
  readonly labels: Uint8Array;
  /** Tokens of each block, as the scorer counts them. */
  readonly counts: Int32Array;
  readonly goldCount: number;
}

interface Candidate {
  readonly block: number;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export function labelBlocks(texts: readonly string[], gold: string): BlockLabels {
  const bigrams = isDenseText(gold);
  const goldTokens = tokens(gold, bigrams);
  const positions = new Map<string, number[]>();
  for (let size = 1; size <= 4; size += 1) {
    for (let at = 0; at + size <= goldTokens.length; at += 1) {
      const key = goldTokens.slice(at, at + size).join('\u0000');
      const list = positions.get(key);
      if (list) list.push(at);
      else positions.set(key, [at]);
    }
  }
  const labels = new Uint8Array(texts.length);
  const counts = new Int32Array(texts.length);
  const blockTokens = texts.map((text) => tokens(text, bigrams));
  const candidates: Candidate[] = [];
  blockTokens.forEach((list, block) => {
    counts[block] = list.length;
    if (list.length < 4) return;
    const found = locate(list, positions);
    if (found) candidates.push({ block, ...found });
  });
  const chosen = heaviestOrdered(candidates);
  const covered = new Uint8Array(goldTokens.length);
  const placeOf = new Map<number, Candidate>();
  const accept = (candidate: Candidate) => {
    labels[candidate.block] = 1;
    placeOf.set(candidate.block, candidate);
    covered.fill(1, candidate.start, candidate.end);
  };
  chosen.forEach(accept);
  // Columns and captions may stand elsewhere in the gold text: what it does not have yet is taken in any order.
  for (const candidate of candidates.toSorted((a, b) => b.weight - a.weight)) {
    if (placeOf.has(candidate.block)) continue;
    let free = 0;
    for (let at = candidate.start; at < candidate.end; at += 1) if (covered[at] === 0) free += 1;
    if (free > 0.6 * (candidate.end - candidate.start)) accept(candidate);
  }
  // Short blocks in a row (cells of a table, items of a list) are looked for together.
  for (let start = 0; start < texts.length; ) {
    if (!isShort(blockTokens[start])) {
      start += 1;
      continue;
    }
    let end = start + 1;
    while (end < texts.length && isShort(blockTokens[end])) end += 1;
    labelRow(start, end);
    start = end;
  }
  blockTokens.forEach((list, block) => {
    if (list.length === 0 || list.length >= 4 || labels[block] === 1) return;
    let before = 0;
    for (let at = block - 1; at >= 0; at -= 1) {
      const place = placeOf.get(at);
      if (place) {
        before = place.end;
        break;
      }
    }
    let after = goldTokens.length;
    for (let at = block + 1; at < texts.length; at += 1) {
      const place = placeOf.get(at);
      if (place) {
        after = place.start;
        break;
      }
    }
    if (after - before > 80) return;
    const start = positions
      .get(list.join('\u0000'))
      ?.find((at) => at >= before - 1 && at + list.length <= after + 1 && covered[at] === 0);
    if (start !== undefined) accept({ block, start, end: start + list.length, weight: list.length });
  });
  return { labels, counts, goldCount: goldTokens.length };

  function labelRow(start: number, end: number): void {
    const row: { token: string; block: number; found: boolean; at: number }[] = [];
    for (let block = start; block < end; block += 1)
      for (const token of blockTokens[block] ?? []) row.push({ token, block, found: false, at: 0 });
    for (let at = 0; at + 4 <= row.length; at += 1) {
      const four = row.slice(at, at + 4);
      const place = positions
        .get(four.map(({ token }) => token).join('\u0000'))
        ?.find((p) => covered[p + 1] === 0 || covered[p + 2] === 0);
      if (place === undefined) continue;
      four.forEach((item, offset) => {
        item.found = true;
        item.at = place + offset;
      });
    }
    for (let block = start; block < end; block += 1) {
      const own = row.filter((item) => item.block === block);
      if (own.length === 0 || own.filter((item) => item.found).length * 2 < own.length) continue;
      const first = own.find((item) => item.found)?.at ?? 0;
      accept({ block, start: first, end: first + own.length, weight: own.length });
    }
  }
}

function isShort(list: readonly string[] | undefined): boolean {
  return list !== undefined && list.length > 0 && list.length < 4;
}

/** Where most of a block's shingles stand in the gold text; undefined when fewer than half are there. */
function locate(
  list: readonly string[],
  positions: ReadonlyMap<string, readonly number[]>,
): Omit<Candidate, 'block'> | undefined {
  const votes = new Map<number, number>();
  let present = 0;
  const total = list.length - 3;
  for (let at = 0; at < total; at += 1) {
    const found = positions.get(list.slice(at, at + 4).join('\u0000'));
    if (!found) continue;
    present += 1;
    for (const position of found.slice(0, 8)) {
      const offset = Math.round((position - at) / 8);
      votes.set(offset, (votes.get(offset) ?? 0) + 1 / found.length);
    }
  }
  if (present < 0.5 * total) return undefined;
  const best = [...votes].reduce((top, vote) => (vote[1] > top[1] ? vote : top), [0, -1] as [number, number]);
  const start = Math.max(0, best[0] * 8);
  return { start, end: start + list.length, weight: present };
}

/** The heaviest set of candidates whose gold places are in page order. */
function heaviestOrdered(candidates: readonly Candidate[]): Candidate[] {
  const best: number[] = [];
  const from: number[] = [];
  candidates.forEach((candidate, index) => {
    best[index] = candidate.weight;
    from[index] = -1;
    for (let other = Math.max(0, index - 400); other < index; other += 1) {
      const before = candidates[other];
      if (
        before &&
        before.start < candidate.start &&
        before.end <= candidate.start + 8 &&
        (best[other] ?? 0) + candidate.weight > (best[index] ?? 0)
      ) {
        best[index] = (best[other] ?? 0) + candidate.weight;
        from[index] = other;
      }
    }
  });
  let at = best.reduce((top, value, index) => (value > (best[top] ?? -1) ? index : top), 0);
  const out: Candidate[] = [];
  while (at >= 0 && candidates[at]) {
    out.push(candidates[at] as Candidate);
    at = from[at] ?? -1;
  }
  return out.reverse();
}

/**
 * Labels from pages of which only some sentences are known to be in the body (`inside`) or not (`outside`): -1 for blocks
 * that nothing is known of.
 */
export function labelBySegments(
  texts: readonly string[],
  inside: readonly string[],
  outside: readonly string[],
): Int8Array {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  const wanted = inside.map(squeeze).filter((text) => text.length >= 8);
  const unwanted = outside.map(squeeze).filter((text) => text.length >= 4);
  return Int8Array.from(texts, (raw) => {
    const text = squeeze(raw);
    const has = (list: readonly string[]) =>
      list.some((part) => text.includes(part) || (text.length >= 15 && part.includes(text)));
    const isIn = has(wanted);
    const isOut = has(unwanted);
    return isIn === isOut ? -1 : isIn ? 1 : 0;
  });
}
