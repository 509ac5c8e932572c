/**
 * Gradient-boosted trees over block features, as test/bench/extract/train.py writes them: all nodes of all trees in parallel
 * arrays. `feature` is -1 in a leaf; else the row goes to `left` when its number is at most `value`, to `left + 1`
 * when it is greater. In a leaf `value` is what it adds to the log-odds.
 */
export interface TreeModelJson {
  readonly features: readonly string[];
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly value: readonly number[];
  readonly left: readonly number[];
  /**
   * After so many trees a row below or above these log-odds is decided: in cross-validation next to none of them came to
   * another side by the trees behind. Its probability is then `gone` or `sure`, the mean of such rows.
   */
  readonly exits: readonly { readonly trees: number; readonly below: number; readonly above: number }[];
  readonly gone: number;
  readonly sure: number;
}

export interface TreeModel {
  readonly featureCount: number;
  readonly roots: Int32Array;
  /**
   * Two numbers a node. The first: the place of its left child and the column of the row, in one; -1 in a leaf. The second, to
   * be read from `floats`: the greatest number of a row (those are float32) that goes to the left, or what the leaf adds.
   */
  readonly nodes: Int32Array;
  readonly floats: Float32Array;
  readonly exits: TreeModelJson['exits'];
  readonly gone: number;
  readonly sure: number;
}

/** Throws when the model was trained on other features than the code computes: a stale file must not guess. */
export function loadTrees(json: TreeModelJson, featureNames: readonly string[]): TreeModel {
  if (
    json.features.length !== featureNames.length ||
    json.features.some((name, index) => name !== featureNames[index])
  ) {
    throw new Error('The block model was trained on other features. Train it again: test/bench/extract/train.py');
  }
  const nodes = new Int32Array(2 * json.feature.length);
  const floats = new Float32Array(nodes.buffer);
  json.feature.forEach((column, node) => {
    nodes[2 * node] = column < 0 ? -1 : ((2 * (json.left[node] ?? 0)) << columnBits) | column;
    floats[2 * node + 1] = floor32(json.value[node] ?? 0);
  });
  return {
    featureCount: featureNames.length,
    roots: Int32Array.from(json.roots, (root) => 2 * root),
    nodes,
    floats,
    exits: json.exits,
    gone: json.gone,
    sure: json.sure,
  };
}

/**
 * Probability for each row of `rows`, and 0 for those marked in `skip`, which have no row. All rows go through a few trees,
 * then those that are not yet decided through the next ones: the trees at hand stay in the nearest cache.
 */
export function predict(model: TreeModel, rows: Float32Array, skip?: Uint8Array): Float32Array {
  const { roots, exits, featureCount } = model;
  const count = skip?.length ?? Math.floor(rows.length / featureCount);
  const out = new Float32Array(count);
  const block = new Int32Array(count);
  const start = new Int32Array(count);
  const sums = new Float64Array(count);
  let open = 0;
  for (let index = 0; index < count; index += 1) {
    if (skip?.[index] === 1) continue;
    block[open] = index;
    start[open] = open * featureCount;
    open += 1;
  }
  let from = 0;
  for (const { trees, below, above } of exits) {
    let left = 0;
    for (let row = 0; row < open; row += 1) {
      const base = start[row] as number;
      const sum = (sums[row] as number) + addTrees(model, rows, base, from, trees);
      const index = block[row] as number;
      if (sum < below) out[index] = model.gone;
      else if (sum > above) out[index] = model.sure;
      else {
        block[left] = index;
        start[left] = base;
        sums[left] = sum;
        left += 1;
      }
    }
    open = left;
    from = trees;
  }
  for (let row = 0; row < open; row += 1) {
    const sum = (sums[row] as number) + addTrees(model, rows, start[row] as number, from, roots.length);
    out[block[row] as number] = 1 / (1 + Math.exp(-sum));
  }
  return out;
}

/** What the trees [from, to) add for the row at `base`. */
function addTrees({ roots, nodes, floats }: TreeModel, rows: Float32Array, base: number, from: number, to: number) {
  let sum = 0;
  for (let tree = from; tree < to; tree += 1) {
    let at = roots[tree] as number;
    let branch = nodes[at] as number;
    while (branch >= 0) {
      const isRight = (rows[base + (branch & columnMask)] as number) > (floats[at + 1] as number);
      at = (branch >> columnBits) + (isRight ? 2 : 0);
      branch = nodes[at] as number;
    }
    sum += floats[at + 1] as number;
  }
  return sum;
}

const columnBits = 10;
const columnMask = (1 << columnBits) - 1;

/** The greatest float32 that is not above the number: whatever float32 is compared with either, the answer is the same. */
function floor32(value: number): number {
  const near = Math.fround(value);
  if (near <= value) return near;
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0] = (bits[0] ?? 0) + (near > 0 ? -1 : 1);
  return new Float32Array(bits.buffer)[0] ?? near;
}
