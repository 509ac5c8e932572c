import type { Contributor, ContributorRole } from '@newsmill/contracts';
import { addContributor, parseByline } from './byline.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { agentsOf } from './json-ld.ts';
import type { Layout } from './layout.ts';
import { isByline } from './lines.ts';
import { cleanName, isLatinPerson, nameKind, splitNames } from './names.ts';
import type { People } from './people.ts';
import { fold, textOf } from './text.ts';
import { visibleNames } from './visible-names.ts';

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
  [6, 'articleauthor'],
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

const TURNED_NAME =
  /^(\p{Lu}[\p{L}'’-]{2,20}), (\p{Lu}\.|\p{Lu}[\p{L}'’-]{1,20}(?: (?:\p{Lu}\.?|van|von|de|der|den|du|di|da)){0,2})$/u;

function namesFrom(values: readonly string[], role: ContributorRole): Contributor[] {
  const contributors: Contributor[] = [];
  for (const value of values) {
    // Library systems turn names around: `Gillman, Steve`.
    const turned = TURNED_NAME.exec(value.trim());
    for (const name of turned ? [`${turned[2]} ${turned[1]}`] : splitNames(value))
      addContributor(contributors, name, role);
  }
  return contributors;
}

const WRITTEN_BY =
  /^(?:written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|skrevet av|napisane przez|автор|author)/i;
/** `jsmith`, `jane.doe`, `editor2`: one word in lower case is a login more than a name. */
const LOGIN = /^[\p{Ll}\d._-]+$/u;
const INITIALS = /^\p{Lu}{1,3}$/u;
/** Wire services are credited beside a person; other outlets there are where the person works. */
const WIRE =
  /^(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|dpa|epd|kna|sid|xinhua|ansa|efe|ritzau|ntb|tt|apa|belga|anp)$/i;
const BY_WORD = /(?:^|\s)(?:by|von|par|por|di|de|door|av|af|από|автор\p{L}{0,2}|text|przez)[\s:]/iu;
const MARK_WEIGHT = { prop: 6, rel: 5, link: 4.5, class: 4, id: 4 } as const;

const DATE_PART =
  /[|·•,–—-]?\s?(?:\p{L}{2,10},? )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \p{L}{3,12}\.? \d{4}|\p{L}{3,12}\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}).*$/u;

/** `Jane Doe | 05.04.2022` under the headline, or a name on the line next to the date's. */
function nameBesideDate(layout: Layout): string | undefined {
  if (layout.headlineAt < 0) return undefined;
  const below = layout.head
    .slice(layout.headlineAt + 1, layout.headlineAt + 7)
    .filter((line) => line.length <= 80 && !line.off);
  for (const [index, line] of below.entries()) {
    const bare = cleanName(line.text.replace(DATE_PART, ''));
    const dated = DATE_PART.test(line.text);
    const neighbour = below[index + 1] ?? below[index - 1];
    if (bare === '' || !(dated || (neighbour && DATE_PART.test(neighbour.text)))) continue;
    if (bare.length <= 40 && isLatinPerson(bare) && nameKind(bare) === 'person') return bare;
  }
  return undefined;
}

/** The name in full where the page's byline or the lines about the writer begin with it: `Nils` → `Nils Pickert ist freier Autor`. */
function fullName(name: string, layout: Layout): string {
  if (!/^\p{Lu}\p{L}{2,20}$/u.test(name)) return name;
  for (const line of [...layout.head, ...layout.tail]) {
    let at = line.length <= 400 ? line.text.indexOf(`${name} `) : -1;
    if (at > 0 && !BY_WORD.test(line.text.slice(Math.max(0, at - 8), at))) at = -1;
    const full = at < 0 ? undefined : FULL_NAME.exec(line.text.slice(at, at + 60))?.[0];
    if (full && isLatinPerson(full)) return full;
  }
  return name;
}

const FULL_NAME = /^\p{Lu}\p{L}+(?: (?:v\.|von|van|de|der|\p{Lu}\.)){0,2} \p{Lu}[\p{L}'’-]{2,20}(?=$|[\s,.:;|(–-])/u;

/** Latin-script pages: many witnesses name the same people; the best one speaks, the others vouch. */
export function latinPeople(evidence: Evidence, layout: Layout): People | undefined {
  const witnesses: Witness[] = [];
  const add = (found: Contributor[], from: string, weight: number): void => {
    const visible = !/^(?:json|meta|twitter)/.test(from);
    // Beside full names a single word is a label, a section or half a name.
    const full = visible && found.some((one) => one.role !== 'source' && one.name.includes(' '));
    const contributors = full ? found.filter((one) => one.role === 'source' || one.name.includes(' ')) : found;
    if (contributors.length === 0 || contributors.length > 25) return;
    witnesses.push({ contributors, from, weight: contributors.length > 6 && visible ? weight - 3 : weight });
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
  // WordPress plugins label the two facts of a shared card.
  for (const number of ['1', '2']) {
    if (WRITTEN_BY.test(metaOf(metas, `twitter:label${number}`) ?? ''))
      add(namesFrom(metas.get(`twitter:data${number}`) ?? [], 'author'), 'twitter:data', 6);
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
  // With people in the structured data no class can outweigh them.
  const told = witnesses.some(
    (one) =>
      one.from === 'json-ld:author' &&
      one.contributors.some((each) => each.role !== 'source' && !LOGIN.test(each.name) && !INITIALS.test(each.name)),
  );
  let cluster: { by: string; line: number; found: Contributor[]; weight: number } | undefined;
  const close = (): void => {
    if (cluster) add(cluster.found, `${cluster.by}:author`, cluster.weight);
    cluster = undefined;
  };
  for (const mark of evidence.marks) {
    if (mark.kind !== 'author' || (told && (mark.by === 'class' || mark.by === 'id'))) continue;
    const weight = MARK_WEIGHT[mark.by] + (near(mark.line) ? 1 : -2.5) - (mark.off ? 3 : 0);
    if (weight <= 0) continue;
    // Links to people inside running text are what the story is about.
    const line = mark.by === 'link' ? evidence.lines[mark.line] : undefined;
    if (line && (line.length > 160 || (line.length > 60 && !BY_WORD.test(line.text)))) continue;
    const { attribs } = mark.element;
    const content = mark.by === 'prop' ? attribs.content : undefined;
    if (content === undefined && textOf(mark.element, 301).length > 300) continue;
    const found = content === undefined ? visibleNames(mark.element) : namesFrom([content], 'author');
    if (found.length === 0 || found.length > 8) continue;
    if (cluster && cluster.by === mark.by && mark.line - cluster.line <= 2) {
      for (const one of found) addContributor(cluster.found, one.name, one.role);
      cluster.line = mark.line;
    } else {
      close();
      cluster = { by: mark.by, line: mark.line, found: [...found], weight };
    }
  }
  close();
  const above = new Set(layout.head);
  const edges = new Set([...layout.head, ...layout.tail]);
  for (const line of told ? edges : new Set([...edges, ...layout.body])) {
    if (line.length > 120 || !isByline(line.text)) continue;
    add(
      parseByline(line.text),
      'byline-line',
      (above.has(line) ? 5.5 : edges.has(line) ? 5 : 4.5) - (line.off ? 3 : 0),
    );
  }
  const beside = told ? undefined : nameBesideDate(layout);
  if (beside) add([{ name: beside, role: 'author' }], 'meta-line', 3);
  if (witnesses.length === 0) return undefined;
  const host = evidence.host.replace(/^www\./, '');
  const sites = new Set([...evidence.siteNames.map(fold), fold(host), fold(host.split('.').at(-2) ?? host)]);
  for (const witness of witnesses) {
    const persons = witness.contributors.filter((one) => one.role !== 'source' && !sites.has(fold(one.name)));
    if (persons.length === 0) witness.weight -= 4;
    if (witness.contributors.every((one) => sites.has(fold(one.name)))) witness.weight -= 4;
    if (persons.every((one) => LOGIN.test(one.name) || INITIALS.test(one.name))) witness.weight -= 2.5;
    const names = new Set(witness.contributors.map((one) => fold(one.name)));
    for (const other of witnesses) {
      if (
        other !== witness &&
        other.from !== witness.from &&
        other.contributors.some((one) => names.has(fold(one.name)))
      )
        witness.weight += 1.2;
    }
  }
  witnesses.sort((a, b) => b.weight - a.weight);
  const first = witnesses[0];
  if (!first) return undefined;
  // Structured data often has room for one name only; a byline that has this one and more is the fuller list.
  const firstNames = first.contributors.filter((one) => one.role !== 'source').map((one) => fold(one.name));
  const fuller = witnesses.find((other) => {
    const names = other.contributors.filter((one) => one.role !== 'source').map((one) => fold(one.name));
    return (
      /^(?:prop|rel|byline)/.test(other.from) &&
      other.weight >= 5 &&
      names.length > firstNames.length &&
      names.length <= 5 &&
      firstNames.length > 0 &&
      firstNames.every((name) => names.includes(name))
    );
  });
  const best = fuller ?? first;
  // The outlet itself is no person, nor is a login name when a person is there; an affiliation behind a name is no author.
  const cleaned = best.contributors.map((one) =>
    sites.has(fold(one.name)) && one.role === 'author' ? { ...one, role: 'source' as const } : one,
  );
  const persons = cleaned
    .filter((one) => one.role !== 'source' && !LOGIN.test(one.name))
    .map((one) => (one.name.includes(' ') ? one : { ...one, name: fullName(one.name, layout) }));
  return {
    contributors:
      persons.length > 0
        ? [...persons, ...cleaned.filter((one) => one.role === 'source' && WIRE.test(one.name))]
        : cleaned,
    from: best.from,
  };
}
