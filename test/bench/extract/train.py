#!/usr/bin/env python3
"""Trains the block model of core/extract.

  node test/bench/extract/dump.ts DUMP_DIR --data DATA
  python test/bench/extract/train.py DUMP_DIR --model packages/core/src/extract/data/model.json   # the shipped model: all defaults

DUMP_DIR is what dump.ts wrote. Needs lightgbm, numpy (on the training machine only).
Prints body F1 per data set, cross-validated by site: no page is scored by a model that saw its site. Then trains on all
pages and writes the trees as flat arrays (see core/extract/trees.ts for the layout).
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
        self.set, self.id, self.group, self.first, self.rows = r['set'], r['id'], r['group'], r['first'], r['rows']
        self.labels = np.array(r['labels'], np.int8)
        self.counts = np.array(r['counts'])
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


def keep_blocks(page, p, threshold):
    """As core/extract/find-body.ts decides: the threshold, and short gaps filled."""
    keep = p >= threshold
    found = np.flatnonzero(keep)
    for a, b in zip(found, found[1:]):
        if 1 < b - a <= 7 and page.counts[a + 1:b].sum() <= 60 and p[a + 1:b].min() >= .13:
            keep[a + 1:b] = True
    return keep


def f1(scores):
    p = statistics.fmean(x[0] for x in scores if x[0] is not None) if any(x[0] is not None for x in scores) else 0.
    r = statistics.fmean(x[1] for x in scores)
    return 2 * p * r / (p + r) if p + r else 0., p, r


def report(pages, probs, keep_of, label):
    by = defaultdict(list)
    for page in pages:
        by[page.set].append(page.score(keep_of(page, probs[page.first:page.first + page.rows])))
    line, means = [], []
    for s in TARGET:
        if s in by:
            v = f1(by[s])
            line.append(f'{s} {v[0]:.4f} (p {v[1]:.3f} r {v[2]:.3f})')
            if s != 'zh':
                means.append(v[0])
    print(f'{label}: mean {statistics.fmean(means):.4f}')
    return line, statistics.fmean(means), by


def params(a, seed=1):
    return dict(objective='binary', learning_rate=a.rate, num_leaves=a.leaves, min_data_in_leaf=a.min_leaf, feature_fraction=a.ff, bagging_fraction=.8, bagging_freq=1,
                lambda_l2=5., max_bin=127, verbosity=-1, seed=seed, num_threads=2, min_sum_hessian_in_leaf=.05)


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

    def fit(rows):
        """Trains on fully labelled `rows`; then again with the other pages, labelled by the first model where it is sure."""
        only = rows & full
        model = lgb.train(params(a), lgb.Dataset(X[only], y[only], weight=w[only]), a.trees)
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
        return lgb.train(params(a), lgb.Dataset(X[rows], y2[rows], weight=w2[rows]), a.trees)

    if a.by == 'page':
        for p in strong:
            p.group = f'{p.set}:{p.id}'
    groups = sorted({p.group for p in strong})
    rng = np.random.default_rng(7)
    rng.shuffle(groups)
    fold = {g: i % a.folds for i, g in enumerate(groups)}
    row_fold = np.concatenate([np.full(p.rows, fold.get(p.group, -1)) for p in pages])
    probs = np.zeros(len(y))
    for k in range(a.folds):
        # Weakly labelled pages of the fold's sites are left out too.
        train = row_fold != k
        probs[~train] = fit(train).predict(X[~train])
        print('fold', k, 'done', flush=True)
    if a.probs:
        probs.astype(np.float32).tofile(a.probs)
    best = None
    for t in (.3, .35, .4, .45, .5, .55):
        line, m, by = report(strong, probs, lambda page, p: keep_blocks(page, p, t), f'threshold {t}')
        # Of thresholds that do equally well the highest one: boilerplate in the body is found by every search.
        if best is None or m > best[0] - .0008:
            best = (max(m, best[0] if best else 0.), t, line)
    print('\n'.join(best[2]))
    if a.model:
        model = fit(np.ones(len(y), bool))
        if a.importance:
            for v, name in sorted(zip(model.feature_importance('gain'), names), reverse=True)[:200]:
                print(f'{v:10.0f} {name}')
        out = flatten(model, names)
        out['threshold'] = best[1]
        json.dump(out, open(a.model, 'w'), separators=(',', ':'))
        print('nodes', len(out['feature']))


if __name__ == '__main__':
    main()
