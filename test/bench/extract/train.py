#!/usr/bin/env python3
"""Trains the block model of core/extract.

  node test/bench/extract/dump.ts DUMP_DIR --data DATA
  python test/bench/extract/train.py DUMP_DIR --model packages/core/src/extract/data/model.json   # the shipped model: all defaults

DUMP_DIR is what dump.ts wrote. Needs lightgbm, numpy (on the training machine only).
Prints body F1 per data set, cross-validated by site: no page is scored by a model that saw its site; with --splits in several
ways, which tells how much of a difference is chance. Then trains on all pages and writes the trees as flat arrays (see
core/extract/trees.ts for the layout). The same dump gives the same file.
"""
import argparse, json, re, statistics
from collections import Counter, defaultdict
import lightgbm as lgb
import numpy as np

TOKEN = re.compile(r'\w+', re.U)
NOSPACE = '\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f'
NS = re.compile('[' + NOSPACE + ']')
NSRUN = re.compile('([' + NOSPACE + ']+)')
TARGET = ['scrapinghub', 'fundus-eval', 'newspaper4k-dataset', 'wcxb-articles', 'l3s-gn1', 'dragnet', 'cleaneval', 'cleanportaleval', 'daniel', 'zh-web', 'fundus', 'zh']
# Gold made by another extractor, or by dropping characters: they teach, but less.
HALF = {'readability-js-tests': .4, 'ir-big9': .7, 'ir-chaos': .7}


def dense(text):
    w = re.sub(r'\W+', '', text)
    return bool(w) and len(NS.findall(w)) >= .3 * len(w)


def tokens(text, bigrams):
    tk = TOKEN.findall(text)
    if not bigrams:
        return tk
    out = []
    for w in tk:
        for p in NSRUN.split(w):
            if not p:
                continue
            if NS.match(p):
                out += [p[i:i + 2] for i in range(len(p) - 1)] if len(p) > 1 else [p]
            else:
                out.append(p)
    return out


def shingles(tk):
    c = Counter()
    for i in range(max(1, len(tk) - 3)):
        s = tuple(tk[i:i + 4])
        if s:
            c[s] += 1
    return c


class Page:
    def __init__(self, r):
        self.set, self.id, self.group, self.first, self.judged = r['set'], r['id'], r['group'], r['first'], np.array(r['judged'], int)
        self.rows = len(self.judged)
        self.labels = np.array(r['labels'], np.int8)[self.judged]
        self.all_counts = np.array(r['counts'])
        self.counts = self.all_counts[self.judged]
        self.gold_count = r['goldCount']
        self.bigrams = dense(r['gold'])
        self.gold = shingles(tokens(r['gold'], self.bigrams))
        self.toks = [tokens(t, self.bigrams) for t in r['texts']]

    def score(self, keep):
        found = shingles([t for k, tk in zip(keep, self.toks) if k for t in tk])
        tp = sum(min(n, self.gold.get(s, 0)) for s, n in found.items())
        fp = sum(found.values()) - tp
        fn = sum(self.gold.values()) - tp
        return (1. if fp == fn == 0 else tp / (tp + fp) if tp + fp else None, 1. if fp == fn == 0 else tp / (tp + fn) if tp + fn else 0.)

    def weights(self, power, extra, cap):
        w = (self.counts + extra) ** power
        w = w / max(1e-9, w[self.labels == 1].sum() or w.sum())
        total = w.sum()
        return w / total * min(total, cap) if total else w


# See core/extract/find-body.ts and make-whole.ts: the cuts of which each page takes one, and what a line in a gap must have.
CUTS = np.arange(.3, .651, .05)
GAP_MIN = .13


def keep_blocks(page, judged):
    """As core/extract decides: each page's cut is the one with the greatest expected F1; then short gaps are filled."""
    p = np.zeros(len(page.all_counts))
    p[page.judged] = judged
    mass = p * page.all_counts
    def expected(cut):
        on = p >= cut
        return 2 * mass[on].sum() / max(1., page.all_counts[on].sum() + mass.sum())
    # Of cuts that do equally well the highest one: boilerplate in the body is found by every search.
    doubted = page.all_counts[p >= .45].sum() < 40
    keep = p >= max(CUTS[:2:-1] if doubted else CUTS[::-1], key=expected)
    found = np.flatnonzero(keep)
    for a, b in zip(found, found[1:]):
        if 1 < b - a <= 7 and page.all_counts[a + 1:b].sum() <= 60 and p[a + 1:b].min() >= GAP_MIN:
            keep[a + 1:b] = True
    return keep


# After so many trees a block may be decided.
STAGES = [8, 16, 24, 32, 48, 64, 80, 96, 128, 160, 200]
# Blocks of all pages that a stage may take for what the whole model would not.
WRONG_MAX = 6


def exits_of(staged, all_trees):
    """Log-odds after each of STAGES at which a block is decided, from cross-validated sums: one row a stage, the last of all trees."""
    odds = lambda p: np.log(p / (1 - p))
    final, open_rows = staged[-1], np.ones(staged.shape[1], bool)
    exits, gone, sure, trees, before = [], [], [], 0, 0
    for at, sums in zip(STAGES, staged):
        trees += (at - before) * open_rows.sum()
        before = at
        below = np.sort(sums[open_rows & (final >= odds(GAP_MIN))])[WRONG_MAX]
        above = np.sort(sums[open_rows & (final <= odds(CUTS[-1]))])[-1 - WRONG_MAX]
        gone.append(open_rows & (sums < below))
        sure.append(open_rows & (sums > above))
        open_rows &= ~gone[-1] & ~sure[-1]
        exits.append(dict(trees=at, below=round(float(below), 3), above=round(float(above), 3)))
    prob = 1 / (1 + np.exp(-final))
    gone, sure = np.any(gone, axis=0), np.any(sure, axis=0)
    print(f'trees a block: {(trees + open_rows.sum() * (all_trees - before)) / len(final):.1f} of {all_trees}')
    return exits, gone, sure, float(prob[gone].mean()), float(prob[sure].mean())


def f1(scores):
    p = statistics.fmean(x[0] for x in scores if x[0] is not None) if any(x[0] is not None for x in scores) else 0.
    r = statistics.fmean(x[1] for x in scores)
    return 2 * p * r / (p + r) if p + r else 0., p, r


def report(pages, probs, label):
    by = defaultdict(list)
    for page in pages:
        by[page.set].append(page.score(keep_blocks(page, probs[page.first:page.first + page.rows])))
    line, means = [], []
    for s in TARGET:
        if s in by:
            v = f1(by[s])
            line.append(v[0])
            if s != 'zh':
                means.append(v[0])
    print(f'{label}: mean {statistics.fmean(means):.4f}  ' + '  '.join(f'{s} {v:.4f}' for s, v in zip(TARGET, line)), flush=True)
    return [statistics.fmean(means), *line]


def params(a, seed=1):
    return dict(objective='binary', learning_rate=a.rate, num_leaves=a.leaves, min_data_in_leaf=a.min_leaf, feature_fraction=a.ff, bagging_fraction=.8, bagging_freq=1,
                lambda_l2=5., max_bin=127, verbosity=-1, seed=seed, num_threads=a.threads, deterministic=True, force_row_wise=True,
                min_sum_hessian_in_leaf=.05)


def flatten(model, names):
    """Trees as parallel arrays: feature (-1 for a leaf), threshold or leaf value, left child; the right one is left + 1."""
    feature, value, left, roots = [], [], [], []
    for tree in model.dump_model()['tree_info']:
        roots.append(len(feature))
        feature.append(0); value.append(0); left.append(0)
        todo = [(tree['tree_structure'], roots[-1])]
        while todo:
            node, at = todo.pop(0)
            if 'split_feature' in node:
                assert node['decision_type'] == '<='
                feature[at] = node['split_feature']
                value[at] = float(f"{node['threshold']:.7g}")
                left[at] = len(feature)
                for child in ('left_child', 'right_child'):
                    todo.append((node[child], len(feature)))
                    feature.append(0); value.append(0); left.append(0)
            else:
                feature[at] = -1
                value[at] = round(node['leaf_value'], 5)
    return dict(features=names, roots=roots, feature=feature, value=value, left=left)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('dump'); ap.add_argument('--model'); ap.add_argument('--trees', type=int, default=240); ap.add_argument('--leaves', type=int, default=20)
    ap.add_argument('--rate', type=float, default=.06); ap.add_argument('--min-leaf', type=int, default=60); ap.add_argument('--folds', type=int, default=5)
    ap.add_argument('--power', type=float, default=.8); ap.add_argument('--extra', type=float, default=2.); ap.add_argument('--cap', type=float, default=4.); ap.add_argument('--ff', type=float, default=.4)
    ap.add_argument('--splits', type=int, default=1); ap.add_argument('--threads', type=int, default=2)
    ap.add_argument('--by', choices=['site', 'page'], default='site', help='what a fold keeps together'); ap.add_argument('--probs'); ap.add_argument('--weak', type=float, default=0., help='weight of pages of which only single sentences are labelled; the rest of them is labelled by a first model'); ap.add_argument('--importance', action='store_true')
    a = ap.parse_args()
    names = json.load(open(f'{a.dump}/names.json'))
    pages = [Page(json.loads(line)) for line in open(f'{a.dump}/pages.jsonl', encoding='utf8')]
    X = np.fromfile(f'{a.dump}/features.f32', np.float32).reshape(-1, len(names))
    y = np.concatenate([p.labels for p in pages])
    strong = [p for p in pages if p.gold_count]
    n = Counter(p.set for p in strong)
    mean = statistics.fmean(n.values())
    full = np.concatenate([np.full(p.rows, bool(p.gold_count)) for p in pages])
    w = np.zeros(len(y))
    for p in strong:
        w[p.first:p.first + p.rows] = p.weights(a.power, a.extra, a.cap) * HALF.get(p.set, 1.) * (mean / n[p.set]) ** .4
    scale = full.sum() / w.sum()
    w *= scale

    def fit(rows, seed):
        """Trains on fully labelled `rows`; then again with the other pages, labelled by the first model where it is sure."""
        only = rows & full
        model = lgb.train(params(a, seed), lgb.Dataset(X[only], y[only], weight=w[only]), a.trees)
        if a.weak <= 0:
            return model
        guess, y2, w2 = model.predict(X), y.copy(), w.copy()
        for p in pages:
            if p.gold_count:
                continue
            at = slice(p.first, p.first + p.rows)
            g, known = guess[at], p.labels >= 0
            label = np.where(known, p.labels, (g > .5).astype(np.int8))
            sure = known | (g > .75) | (g < .08)
            p_w = (p.counts + a.extra) ** a.power
            body = p_w[(label == 1) & sure].sum()
            if body <= 0:
                continue
            p_w = p_w / max(body, 20.) * sure * np.where(known, 2., 1.) * scale * a.weak
            total = p_w.sum() / scale / a.weak
            y2[at], w2[at] = label, p_w * min(1., a.cap / max(total, 1e-9))
        rows = rows & (w2 > 0)
        return lgb.train(params(a, seed), lgb.Dataset(X[rows], y2[rows], weight=w2[rows]), a.trees)

    if a.by == 'page':
        for p in strong:
            p.group = f'{p.set}:{p.id}'
    groups = sorted({p.group for p in strong})
    lines, staged_of = [], []
    for split in range(a.splits):
        np.random.default_rng(7 + split).shuffle(shuffled := groups.copy())
        fold = {g: i % a.folds for i, g in enumerate(shuffled)}
        row_fold = np.concatenate([np.full(p.rows, fold.get(p.group, -1)) for p in pages])
        staged = np.zeros((len(STAGES) + 1, len(y)))
        for k in range(a.folds):
            # Weakly labelled pages of the fold's sites are left out too.
            model = fit(row_fold != k, 1 + split)
            for stage, trees in enumerate([*STAGES, a.trees]):
                staged[stage, row_fold == k] = model.predict(X[row_fold == k], num_iteration=trees, raw_score=True)
        probs = 1 / (1 + np.exp(-staged[-1]))
        lines.append(report(strong, probs, f'split {split}'))
        staged_of.append(staged[:, full])
        if a.probs:
            probs.astype(np.float32).tofile(f'{a.probs}.{split}')
    if a.splits > 1:
        print('mean of splits, and standard deviation: ' + '  '.join(f'{s} {statistics.fmean(v):.4f} {statistics.stdev(v):.4f}' for s, v in zip(['mean', *TARGET], zip(*lines))))
    exits, gone, sure, gone_prob, sure_prob = exits_of(staged_of[0], a.trees)
    cascade = 1 / (1 + np.exp(-staged_of[0][-1]))
    cascade[gone], cascade[sure] = gone_prob, sure_prob
    quick = np.zeros(len(y))
    quick[full] = cascade
    report(strong, quick, 'with exits')
    if a.probs:
        quick.astype(np.float32).tofile(f'{a.probs}.quick')
    if a.model:
        model = fit(np.ones(len(y), bool), 1)
        if a.importance:
            for v, name in sorted(zip(model.feature_importance('gain'), names), reverse=True)[:200]:
                print(f'{v:10.0f} {name}')
        out = flatten(model, names)
        out |= dict(exits=exits, gone=round(gone_prob, 4), sure=round(sure_prob, 4))
        json.dump(out, open(a.model, 'w'), separators=(',', ':'))
        print('nodes', len(out['feature']))


if __name__ == '__main__':
    main()
