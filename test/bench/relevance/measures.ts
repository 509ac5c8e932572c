/** How good one answer is: the usual three, each 0 to 1. */
export interface Quality {
  /** Discounted cumulative gain of the first ten (gain 2^grade - 1, Burges 2005) over that of the ideal order. */
  readonly ndcg: number;
  /** 1 / rank of the first document that fully answers (the query's highest grade); 0 beyond ten. */
  readonly mrr: number;
  /** Share of the relevant documents among the first ten. */
  readonly recall: number;
}

const depth = 10;
const gain = (grades: readonly number[]): number =>
  grades.slice(0, depth).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);

/** @param found ids, the best first. */
export function judge(found: readonly string[], grades: ReadonlyMap<string, number>): Quality {
  const got = found.slice(0, depth).map((id) => grades.get(id) ?? 0);
  const ideal = [...grades.values()].sort((a, b) => b - a);
  const first = got.indexOf(Math.max(...ideal));
  return {
    ndcg: gain(got) / gain(ideal),
    mrr: first < 0 ? 0 : 1 / (first + 1),
    recall: got.filter((grade) => grade > 0).length / Math.min(depth, ideal.length),
  };
}

export function meanQuality(all: readonly Quality[]): Quality {
  const mean = (of: (quality: Quality) => number) => all.reduce((sum, each) => sum + of(each), 0) / all.length;
  return { ndcg: mean(({ ndcg }) => ndcg), mrr: mean(({ mrr }) => mrr), recall: mean(({ recall }) => recall) };
}
