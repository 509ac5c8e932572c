/**
 * Gradient-boosted trees over block features, as test/bench/extract/train.py writes them: all nodes of all trees in parallel
 * arrays. `feature` is -1 in a leaf; else the row goes to `left` when its number is at most `value`, to `left + 1`
 * when it is greater. In a leaf `value` is what it adds to the log-odds.
 */
export interface TreeModelJson {
  readonly features: readonly string[];
  readonly threshold: number;
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly value: readonly number[];
  readonly left: readonly number[];
}

export interface TreeModel {
  readonly featureCount: number;
  /** Probability from which a block is kept. */
  readonly threshold: number;
  readonly roots: Int32Array;
  /** Of a node: the place of its left child and the column of the row, in one number; -1 in a leaf. */
  readonly branch: Int32Array;
  /** Of a node: the greatest number of a row (those are float32) that goes to the left. */
  readonly split: Float32Array;
  /** What a leaf adds. */
  readonly value: Float64Array;
  /** The most and the least that the trees behind each one add in all. */
  readonly most: Float64Array;
  readonly least: Float64Array;
}

/** Throws when the model was trained on other features than the code computes: a stale file must not guess. */
export function loadTrees(json: TreeModelJson, featureNames: readonly string[]): TreeModel {
  if (
    json.features.length !== featureNames.length ||
    json.features.some((name, index) => name !== featureNames[index])
  ) {
    throw new Error('The block model was trained on other features. Train it again: test/bench/extract/train.py');
  }
  return {
    featureCount: featureNames.length,
    threshold: json.threshold,
    roots: Int32Array.from(json.roots),
    branch: Int32Array.from(json.feature, (column, node) =>
      column < 0 ? -1 : ((json.left[node] ?? 0) << columnBits) | column,
    ),
    split: Float32Array.from(json.value, floor32),
    value: Float64Array.from(json.value),
    most: rest(json, Math.max),
    least: rest(json, Math.min),
  };
}

/** Trees after which a row that is clearly no text is given up: three quarters of all blocks are. */
const checkEvery = 40;
const hopelessLogOdds = -4.5;

/**
 * Probability for each row of `rows`, and 0 for those marked in `skip`, which have no row. With `low`, a row is given up as soon as the trees that
 * are left cannot bring it to another side of `low` or of the model's threshold: its number is then right only about that.
 */
export function predict(model: TreeModel, rows: Float32Array, skip?: Uint8Array, low?: number): Float32Array {
  const { roots, branch, split, value, featureCount, most, least } = model;
  const count = skip?.length ?? Math.floor(rows.length / featureCount);
  const out = new Float32Array(count);
  const keptFrom = low === undefined ? Number.POSITIVE_INFINITY : logOdds(model.threshold) + margin;
  const lowBelow = low === undefined ? Number.NEGATIVE_INFINITY : logOdds(low) - margin;
  let base = -featureCount;
  for (let row = 0; row < count; row += 1) {
    if (skip?.[row] === 1) continue;
    base += featureCount;
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let node = roots[tree] as number;
      let to = branch[node] as number;
      while (to >= 0) {
        const number = rows[base + (to & columnMask)] as number;
        node = (to >> columnBits) + (number <= (split[node] as number) ? 0 : 1);
        to = branch[node] as number;
      }
      sum += value[node] as number;
      if (sum + (most[tree] as number) < lowBelow || sum + (least[tree] as number) > keptFrom) break;
      if (tree % checkEvery === checkEvery - 1 && sum < hopelessLogOdds) break;
    }
    out[row] = 1 / (1 + Math.exp(-sum));
  }
  return out;
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

/** More than rounding can move. */
const margin = 1e-3;

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** What the trees behind each one can add in all: `pick` is Math.max or Math.min. */
function rest(json: TreeModelJson, pick: (...values: number[]) => number): Float64Array {
  const { roots, feature, value } = json;
  const out = new Float64Array(roots.length);
  for (let tree = roots.length - 1; tree > 0; tree -= 1) {
    const start = roots[tree] ?? 0;
    const leaves = value.slice(start, roots[tree + 1]).filter((_, node) => feature[start + node] === -1);
    out[tree - 1] = (out[tree] ?? 0) + pick(...leaves);
  }
  return out;
}
