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
  readonly feature: Int16Array;
  readonly value: Float64Array;
  readonly left: Int32Array;
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
    feature: Int16Array.from(json.feature),
    value: Float64Array.from(json.value),
    left: Int32Array.from(json.left),
  };
}

/** Trees after which a row that is clearly no text is given up: three quarters of all blocks are. */
const checkEvery = 40;
const hopelessLogOdds = -4.5;

/** Probability for each row of `rows`; 0 for those marked in `skip`. */
export function predict(model: TreeModel, rows: Float32Array, skip?: Uint8Array): Float32Array {
  const { roots, feature, value, left, featureCount } = model;
  const count = Math.floor(rows.length / featureCount);
  const out = new Float32Array(count);
  for (let row = 0; row < count; row += 1) {
    if (skip?.[row] === 1) continue;
    const base = row * featureCount;
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let node = roots[tree] as number;
      let column = feature[node] as number;
      while (column >= 0) {
        node = (left[node] as number) + ((rows[base + column] as number) <= (value[node] as number) ? 0 : 1);
        column = feature[node] as number;
      }
      sum += value[node] as number;
      if (tree % checkEvery === checkEvery - 1 && sum < hopelessLogOdds) break;
    }
    out[row] = 1 / (1 + Math.exp(-sum));
  }
  return out;
}
