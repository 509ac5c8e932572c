import type { Contributor, ContributorRole } from '@newsmill/contracts';
import { addContributor, labelledContributors, parseByline } from './byline.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { agentsOf } from './json-ld.ts';
import type { Layout } from './layout.ts';
import { recognizeLine } from './lines.ts';
import { isHanPerson, nameKind, splitNames } from './names.ts';
import { fold, hasHan, plainText, textOf } from './text.ts';

export interface People {
  readonly contributors: readonly Contributor[];
  readonly from: string;
}
interface Witness {
  readonly contributors: Contributor[];
  readonly from: string;
  weight: number;
}

const META_AUTHORS: readonly (readonly [number, string])[] = [
  [7, 'parsely-author'],
  [7, 'sailthru.author'],
  [7, 'citation_author'],
  [6.5, 'byl'],
  [6.5, 'author'],
  [6, 'dc.creator'],
  [6, 'dcterms.creator'],
  [6, 'article:author'],
  [6, 'article:author_name'],
  [6, 'article_author'],
  [6, 'author_name'],
  [6, 'authors'],
  [6, 'creator'],
  [6, 'cxenseparse:author'],
  [6, 'vr:author'],
  [6, 'bt:author'],
  [6, 'lp.article:author'],
  [6, 'rbauthors'],
  [5, 'og:author'],
  [5, 'book:author'],
  [4, 'twitter:creator'],
];

function namesFrom(values: readonly string[], role: ContributorRole): Contributor[] {
  const contributors: Contributor[] = [];
  for (const value of values) for (const name of splitNames(value)) addContributor(contributors, name, role);
  return contributors;
}

/** Latin-script pages: many witnesses name the same people; the best one speaks, the others vouch. */
function latinPeople(evidence: Evidence, layout: Layout): People | undefined {
  const witnesses: Witness[] = [];
  const add = (contributors: Contributor[], from: string, weight: number): void => {
    if (contributors.length > 0 && contributors.length <= 25) witnesses.push({ contributors, from, weight });
  };
  const { ld, metas, graph } = evidence;
  if (ld?.author !== undefined || ld?.creator !== undefined) {
    const agents = agentsOf(ld.author ?? ld.creator, graph);
    add(
      agents
        .flatMap((agent) => {
          const found = namesFrom([agent.name], 'author');
          return agent.organization ? found.map((one) => ({ ...one, role: 'source' as const })) : found;
        })
        .filter((one, index, all) => all.findIndex((other) => other.name === one.name) === index),
      'json-ld:author',
      8,
    );
  }
  for (const [weight, name] of META_AUTHORS) {
    const values = metas.get(name);
    if (values)
      add(
        namesFrom(
          values.slice(0, 12).filter((value) => !/^https?:|^@/.test(value)),
          'author',
        ),
        `meta:${name}`,
        weight,
      );
  }
  const near = (line: number): boolean =>
    line >= (layout.bodyFirst < 0 ? 0 : layout.bodyFirst - 40) &&
    line <= (layout.bodyFirst < 0 ? 120 : layout.bodyFirst + 3);
  let cluster: { kind: string; line: number; found: Contributor[]; weight: number } | undefined;
  const close = (): void => {
    if (cluster) add(cluster.found, `${cluster.kind}:author`, cluster.weight);
    cluster = undefined;
  };
  for (const mark of evidence.marks) {
    if (mark.kind !== 'author') continue;
    const content = mark.by === 'prop' && mark.element.name === 'meta' ? mark.element.attribs.content : undefined;
    const text = content ?? textOf(mark.element, 201, ' | ');
    if (text.length < 3 || text.length > 200) continue;
    const found = parseByline(text);
    if (found.length === 0 || found.length > 8) continue;
    const weight =
      (mark.by === 'prop' ? 6 : mark.by === 'rel' ? 5 : 4) + (near(mark.line) ? 1 : -2.5) - (mark.off ? 3 : 0);
    if (weight <= 0) continue;
    if (cluster && cluster.kind === mark.by && mark.line - cluster.line <= 2) {
      for (const one of found) addContributor(cluster.found, one.name, one.role);
      cluster.line = mark.line;
    } else {
      close();
      cluster = { kind: mark.by, line: mark.line, found: [...found], weight };
    }
  }
  close();
  for (const line of [...layout.head, ...layout.tail]) {
    if (line.length > 120 || recognizeLine(line.text) !== 'byline') continue;
    add(parseByline(line.text), 'byline-line', 5 - (line.off ? 3 : 0));
  }
  if (witnesses.length === 0) return undefined;
  const sites = new Set([...evidence.siteNames.map(fold), fold(evidence.host.replace(/^www\./, ''))]);
  for (const witness of witnesses) {
    const persons = witness.contributors.filter((one) => one.role !== 'source');
    if (persons.length === 0) witness.weight -= 4;
    if (witness.contributors.every((one) => sites.has(fold(one.name)))) witness.weight -= 4;
    const names = new Set(witness.contributors.map((one) => fold(one.name)));
    for (const other of witnesses) {
      if (
        other !== witness &&
        other.from !== witness.from &&
        other.contributors.some((one) => names.has(fold(one.name)))
      )
        witness.weight += 1.2;
    }
    // `jsmith`, `editor2`: one word in lower case is a login more than a name.
    if (witness.contributors.length === 1 && /^[\p{Ll}\d._-]+$/u.test(witness.contributors[0]?.name ?? ''))
      witness.weight -= 2.5;
  }
  witnesses.sort((a, b) => b.weight - a.weight);
  const best = witnesses[0];
  return best && best.weight > 0 ? best : undefined;
}

/** Chinese pages: credits have labels, so all that are found hold; unlabelled metadata only fills a gap. */
function hanPeople(evidence: Evidence, layout: Layout): People | undefined {
  const contributors: Contributor[] = [];
  const from = new Set<string>();
  const take = (found: readonly Contributor[], where: string): void => {
    for (const one of found) {
      const before = contributors.length;
      addContributor(contributors, one.name, one.role);
      if (contributors.length > before) from.add(where);
    }
  };
  for (const line of layout.head) {
    if (line.length > 200) continue;
    const kind = recognizeLine(line.text, 'head');
    take(kind === 'byline' ? parseByline(line.text) : labelledContributors(line.text, line.length > 60), 'meta-line');
  }
  const [first] = layout.lead;
  for (const text of layout.lead)
    take(
      labelledContributors(text.slice(0, text === first ? 160 : 60), true).filter((one) => one.role !== 'editor'),
      'body-lead',
    );
  for (const line of layout.tail) {
    // The end of the last paragraph may carry the credit: `…。（记者 甲 乙）`; a whole line is a credit of its own.
    if (line.length <= 120) take(labelledContributors(line.text, line.length > 60), 'tail-line');
  }
  for (const mark of evidence.marks) {
    if (mark.kind !== 'author' && mark.kind !== 'editor') continue;
    if (mark.off && mark.kind === 'author') continue;
    const text = textOf(mark.element, 81);
    if (text.length > 80 || text.length < 2) continue;
    const labelled = labelledContributors(text);
    if (labelled.length > 0) take(labelled, `${mark.by}:${mark.kind}`);
    else if (mark.kind === 'editor')
      take(
        splitNames(text)
          .filter(isHanPerson)
          .map((name) => ({ name, role: 'editor' })),
        `${mark.by}:editor`,
      );
  }
  if (!contributors.some((one) => one.role !== 'editor' && one.role !== 'photographer')) {
    const values = [
      ...agentsOf(evidence.ld?.author, evidence.graph).map((agent) => agent.name),
      metaOf(evidence.metas, 'author', 'article:author', 'dable:author') ?? '',
    ];
    for (const value of values) {
      const names = splitNames(value.replace(/^(?:作者|记者|記者)[:：]/, '')).filter(
        (name) => isHanPerson(name) || (!hasHan(name) && nameKind(name) === 'person' && name.includes(' ')),
      );
      take(
        names.map((name) => ({ name, role: 'author' as const })),
        'meta:author',
      );
      if (names.length > 0) break;
    }
  }
  // Who wrote it comes before who edited it, wherever the page prints them.
  const ordered = [
    ...contributors.filter((one) => one.role !== 'editor'),
    ...contributors.filter((one) => one.role === 'editor'),
  ];
  return ordered.length > 0 ? { contributors: ordered, from: [...from].join(', ') } : undefined;
}

/** Who made the article, with roles. */
export function findPeople(evidence: Evidence, layout: Layout, chinese: boolean): People | undefined {
  return chinese ? hanPeople(evidence, layout) : latinPeople(evidence, layout);
}

/** The name of the publisher as the page gives it. */
export function findPublisher(evidence: Evidence): { readonly name: string; readonly from: string } | undefined {
  const agent = agentsOf(evidence.ld?.publisher, evidence.graph)[0];
  if (agent) {
    const name = plainText(agent.name, 100);
    if (name && !/^https?:/.test(name)) return { name, from: 'json-ld:publisher' };
  }
  const meta = metaOf(
    evidence.metas,
    'og:site_name',
    'dc.publisher',
    'citation_publisher',
    'publisher',
    'application-name',
  );
  return meta && meta.length < 100 && !/^https?:/.test(meta) ? { name: meta, from: 'meta:site_name' } : undefined;
}
