interface Printing {
  /** Position of the story in `bodies`. */
  readonly story: number;
  readonly id: string;
}

const shingles = (text: string): Set<string> => {
  const letters = text.replaceAll(/[^\p{L}\p{Nd}]/gu, '');
  return new Set(Array.from({ length: Math.max(0, letters.length - 7) }, (_, at) => letters.slice(at, at + 8)));
};

/** The labelled sets have some articles twice, cut or spaced differently: such pairs are copies, by the texts themselves. */
function isSameText(a: string, b: string): boolean {
  const [small, large] = [shingles(a), shingles(b)].sort((x, y) => x.size - y.size);
  if (small === undefined || large === undefined) return false;
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return common > 0.5 * small.size;
}

/** Precision and recall over pairs of printings: a pair is right when both are of one story. */
export function score(
  items: readonly Printing[],
  clusterOf: ReadonlyMap<string, string>,
  bodies: readonly string[],
): string {
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const byStory = Map.groupBy(items, ({ story }) => story);
  const wanted = [...byStory.values()].reduce((sum, group) => sum + pairs(group.length), 0);
  let found = 0;
  let wrong = 0;
  const twins = new Set<string>();
  for (const cluster of Map.groupBy(items, ({ id }) => clusterOf.get(id)).values()) {
    const stories = [...Map.groupBy(cluster, ({ story }) => story)];
    for (const [at, [story, group]] of stories.entries()) {
      found += pairs(group.length);
      for (const [other, others] of stories.slice(0, at)) {
        if (isSameText(bodies[story] ?? '', bodies[other] ?? '')) twins.add(`${story}/${other}`);
        else wrong += group.length * others.length;
      }
    }
  }
  return (
    `pairs of one story: recall ${(found / wanted).toFixed(4)} (${found} of ${wanted}), precision ` +
    `${(found / (found + wrong)).toFixed(4)} (${wrong} wrong); ${twins.size} stories are in the labelled sets twice`
  );
}
