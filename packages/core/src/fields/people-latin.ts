import type { Contributor, ContributorRole } from '@newsmill/contracts';
import { addContributor, parseByline } from './byline.ts';
import {
  CONTACT,
  creditsIn,
  eastAsianCredit,
  isDated,
  isJobLine,
  signatureOf,
  signedInBrackets,
} from './credit-lines.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { agentsOf } from './json-ld.ts';
import type { Layout } from './layout.ts';
import { isByline } from './lines.ts';
import { isLatinPerson, nameKind, splitNames } from './names.ts';
import type { People } from './people.ts';
import { fold, hasKana, textOf } from './text.ts';
import { visibleNames } from './visible-names.ts';
import type { Line } from './walk.ts';

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

const KNOWN_METAS = new Set(META_AUTHORS.map(([, name]) => name));
const AUTHOR_META = /(?:^|[._:-])(?:authors?|author[._:-]?names?|creator|byline|writer)$/;

/** Names of metas that no list has, by what they are made of: `article.author`, `vf:author`. Who built the site is no author. */
function otherAuthorMetas(metas: ReadonlyMap<string, unknown>): string[] {
  return [...metas.keys()].filter(
    (name) =>
      AUTHOR_META.test(name) && name.length <= 40 && !KNOWN_METAS.has(name) && !/web|site|twitter|image/.test(name),
  );
}

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
/** `jsmith`, `jane.doe`, `editor2`, `janeLedger`: one word that begins in lower case is a login more than a name. */
const LOGIN = /^\p{Ll}[\p{L}\d._-]*$|^[\p{Ll}\d._-]+$/u;
const INITIALS = /^\p{Lu}{1,3}$/u;
/** Wire services are credited beside a person; other outlets there are where the person works. */
const WIRE =
  /^(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|dpa|epd|kna|sid|xinhua|ansa|efe|ritzau|ntb|tt|apa|belga|anp)$/i;
const BY_WORD = /(?:^|\s)(?:by|von|par|por|di|de|door|av|af|από|автор\p{L}{0,2}|text|przez)[\s:]/iu;
const MARK_WEIGHT = { prop: 6, rel: 5, link: 4.5, class: 4, id: 4 } as const;

/** `Jane Doe | 05.04.2022` under the headline, or a name on a line next to the date's. */
function nameBesideDate(layout: Layout): readonly string[] {
  if (layout.headlineAt < 0) return [];
  const below = layout.head
    .slice(layout.headlineAt + 1, layout.headlineAt + 7)
    .filter((line) => line.length <= 100 && !line.off);
  for (const [index, line] of below.entries()) {
    const credit = creditsIn(line.text, true);
    if (!credit || credit.worded || (!credit.dated && line.text.length > 60)) continue;
    // A post or an affiliation may stand between.
    const next = isJobLine(below[index + 1]?.text ?? '') ? 2 : 1;
    if (credit.dated || [next, -1].some((step) => isDated(below[index + step]?.text ?? ''))) return credit.names;
  }
  return [];
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

const named = (names: readonly string[]): Contributor[] => names.map((name) => ({ name, role: 'author' }));

const RIGHTS =
  /(?:©|\(c\)|copyright)[\s\d,–-]{0,24}(\p{Lu}[^.,|©\d]{2,40}?)(?=[.,|]|\s?$|\s[-–—]|\s(?:all|inc|ltd|gmbh|alle|tous|todos)\b)/iu;

/** Folded names that the outlet goes by, as declared and by its host. */
function outletNames(evidence: Evidence): ReadonlySet<string> {
  const host = evidence.host.replace(/^www\./, '');
  return new Set([...evidence.siteNames.map(fold), fold(host), fold(host.split('.').at(-2) ?? host)]);
}

/** The folded name in the page's notice of rights: an outlet, or the writer of a blog. */
function rightsHolder(evidence: Evidence): string | undefined {
  for (const line of evidence.lines.slice(-40)) {
    const holder = line.length <= 200 ? RIGHTS.exec(line.text)?.[1] : undefined;
    if (holder) return fold(holder);
  }
  return undefined;
}

const SCRIPT_AUTHOR =
  /author(?:_?names?)?\\?["']?\s{0,3}[:=]\s{0,3}(?:\[?\{\s{0,3}\\?["']?(?:@type\\?["']?:\s?\\?["']\w{1,20}\\?["'],\s?\\?["'])?name\\?["']?\s?:\s?)?\[?\\?["'](\p{Lu}[^"'\\<>{}\n]{4,50})\\?["']/iu;

/** Lines right below a line that is all link: by-lines there are those of other stories. */
function teaserCredits(tail: readonly Line[]): ReadonlySet<Line> {
  return new Set(
    tail.filter((_, index) => {
      const above = tail[index - 1];
      return above !== undefined && above.length >= 12 && above.linkLength >= above.length * 0.8;
    }),
  );
}

/** A story without a by-line may be signed at its end. */
function signatures(evidence: Evidence, layout: Layout): string[] {
  if (layout.bodyLast < 0) return [];
  const last = evidence.lines[layout.bodyLast];
  const inBrackets = last && hasKana(last.text) ? signedInBrackets(last.ending || last.text) : undefined;
  if (inBrackets) return [inBrackets];
  for (const line of evidence.lines.slice(layout.bodyLast, layout.bodyLast + 4)) {
    // Links are tags and other stories.
    if (line.off || line.linkLength > 0 || CONTACT.test(line.text)) return [];
    const name = signatureOf(line.text);
    if (name) return [name];
  }
  return [];
}

/** Who a script's data name as author, when the page shows the name around the story too. */
function scriptNames(evidence: Evidence, layout: Layout): string[] {
  for (const script of evidence.scripts) {
    const value = SCRIPT_AUTHOR.exec(script)?.[1];
    if (value === undefined) continue;
    const names = splitNames(value).filter((name) => isLatinPerson(name) && nameKind(name) === 'person');
    const shown = [...layout.head, ...layout.tail].some(
      (line) => line.length <= 160 && names.some((name) => line.text.includes(name)),
    );
    if (names.length > 0 && shown) return names;
  }
  return [];
}

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
        .filter((agent) => !/^https?:\/\//.test(agent.name))
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
  const sites = outletNames(evidence);
  for (const name of otherAuthorMetas(metas))
    add(
      namesFrom(
        (metas.get(name) ?? []).slice(0, 12).filter((value) => !/^https?:|^@/.test(value)),
        'author',
      ),
      `meta:${name}`,
      5,
    );
  const near = (line: number): boolean =>
    line >= (layout.bodyFirst < 0 ? 0 : layout.bodyFirst - 40) &&
    line <= (layout.bodyFirst < 0 ? 120 : layout.bodyFirst + 3);
  // With people in the structured data no class can outweigh them.
  const told = witnesses.some(
    (one) =>
      one.from === 'json-ld:author' &&
      one.contributors.some(
        (each) =>
          each.role !== 'source' && !LOGIN.test(each.name) && !INITIALS.test(each.name) && !sites.has(fold(each.name)),
      ),
  );
  // Authors one below the other; elements of several kinds lie in each other.
  const clusters = new Map<string, { line: number; found: Contributor[]; weight: number }>();
  const close = (by: string): void => {
    const cluster = clusters.get(by);
    if (cluster) add(cluster.found, `${by}:author`, cluster.weight);
    clusters.delete(by);
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
    const cluster = clusters.get(mark.by);
    if (cluster && mark.line - cluster.line <= 2) {
      for (const one of found) addContributor(cluster.found, one.name, one.role);
      cluster.line = mark.line;
    } else {
      close(mark.by);
      clusters.set(mark.by, { line: mark.line, found: [...found], weight });
    }
  }
  for (const by of [...clusters.keys()]) close(by);
  const above = new Set(layout.head);
  const edges = new Set([...layout.head, ...layout.tail]);
  const teased = teaserCredits(layout.tail);
  for (const line of told ? edges : new Set([...edges, ...layout.body])) {
    if (teased.has(line) || line.length > 120 || !isByline(line.text)) continue;
    add(
      parseByline(line.text),
      'byline-line',
      (above.has(line) ? 5.5 : edges.has(line) ? 5 : 4.5) - (line.off ? 3 : 0),
    );
  }
  if (!told) {
    const head = layout.head.slice(layout.headlineAt + 1);
    for (const line of [...head, ...layout.tail]) {
      if (line.off || isByline(line.text) || teased.has(line)) continue;
      const weight = above.has(line) ? 5.2 : 4.6;
      const credit = creditsIn(line.text, false);
      if (credit) add(named(credit.names), 'credit-line', weight);
      const name = eastAsianCredit(line.text);
      if (name) add([{ name, role: 'author' }], 'credit-line', weight);
      // Further below stand other stories, with their by-lines.
      if ((credit || name) && !above.has(line)) break;
    }
    // `[골짜기신문 김민수 기자]` opens the text.
    const opening = eastAsianCredit((layout.lead[0] ?? '').slice(0, 40));
    if (opening) add([{ name: opening, role: 'author' }], 'credit-line', 4.6);
    add(named(nameBesideDate(layout)), 'meta-line', 3);
    if (witnesses.length === 0) add(named(signatures(evidence, layout)), 'signature', 2.5);
    if (witnesses.length === 0) add(named(scriptNames(evidence, layout)), 'script', 2);
  }
  if (witnesses.length === 0) return undefined;
  for (const witness of witnesses) {
    const persons = witness.contributors.filter((one) => one.role !== 'source' && !sites.has(fold(one.name)));
    if (persons.length === 0) witness.weight -= 4;
    if (witness.contributors.every((one) => sites.has(fold(one.name)))) witness.weight -= 4;
    if (persons.every((one) => LOGIN.test(one.name) || INITIALS.test(one.name))) witness.weight -= 2.5;
    const names = new Set(witness.contributors.map((one) => fold(one.name)));
    // Each kind of witness vouches once: a list of other stories repeats one kind.
    const vouched = new Set([witness.from]);
    for (const other of witnesses) {
      if (vouched.has(other.from) || !other.contributors.some((one) => names.has(fold(one.name)))) continue;
      vouched.add(other.from);
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
  const several = cleaned.filter((one) => one.role !== 'source' && !LOGIN.test(one.name));
  // `Jane Doe, Valley Ledger`
  const holder = several.length > 1 ? rightsHolder(evidence) : undefined;
  const persons = several
    .filter((one) => fold(one.name) !== holder)
    .map((one) => (one.name.includes(' ') ? one : { ...one, name: fullName(one.name, layout) }));
  return {
    contributors:
      persons.length > 0
        ? [...persons, ...cleaned.filter((one) => one.role === 'source' && WIRE.test(one.name))]
        : cleaned,
    from: best.from,
  };
}
