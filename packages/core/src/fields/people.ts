import type { Contributor } from '@newsmill/contracts';
import { type Evidence, metaOf } from './evidence.ts';
import { agentDomain, agentsOf } from './json-ld.ts';
import type { Layout } from './layout.ts';
import { isLatinPerson, nameKind, splitNames } from './names.ts';
import { hanPeople } from './people-han.ts';
import { latinPeople } from './people-latin.ts';
import { siteDomain } from './site-card.ts';
import { hasHan, plainText } from './text.ts';
import { titlePieces } from './title-parts.ts';

export interface People {
  readonly contributors: readonly Contributor[];
  /** The evidence, for the provenance. */
  readonly from: string;
}

/** Who made the article, with roles. */
export function findPeople(evidence: Evidence, layout: Layout, chinese: boolean): People | undefined {
  if (chinese) return hanPeople(evidence, layout);
  const people = latinPeople(evidence, layout);
  const known = people?.contributors ?? [];
  const others = [...(people ? photographersBesideByline(layout, known) : []), ...editorsOf(layout, known)];
  if (others.length === 0) return people;
  return { from: people?.from ?? 'editor-line', contributors: [...known, ...others] };
}

const EDITED_BY =
  /(?:^|[(|;.•]\s?|(?<=\d)\s?)(?:(?:web |news |copy )?editors?\s?[:：]\s?|edit(?:ed|ing) by )([^|;()]{3,80}?)\s?(?=[|;)]|$)/i;

/** `Editor: huaxia`, `(Web editor: Anna Berg, John Roe)`, `(Reporting by …; Editing by John Roe)`. */
function editorsOf(layout: Layout, known: readonly Contributor[]): Contributor[] {
  for (const line of [...layout.head.slice(Math.max(0, layout.headlineAt + 1)), ...layout.tail]) {
    const names =
      line.off || line.length > 200 || !/edit/i.test(line.text) ? undefined : EDITED_BY.exec(line.text)?.[1];
    if (names === undefined) continue;
    return splitNames(names)
      .filter((name) => /^[\p{L}\p{M}.'’ -]{3,40}$/u.test(name) && nameKind(name) === 'person')
      .filter((name) => !known.some((one) => one.name === name))
      .slice(0, 6)
      .map((name) => ({ name, role: 'editor' }));
  }
  return [];
}

const PHOTOS_BY = /(?:^|\s)(?:photos|photo|photographs|photography|pictures) by (.{3,80})$/i;

/** `By Jane Doe Photos by Sam Ives`: whoever took the pictures of the whole story stands in the by-line, not under one of them. */
function photographersBesideByline(layout: Layout, known: readonly Contributor[]): Contributor[] {
  const first = Math.max(0, layout.headlineAt);
  for (const { text, off } of layout.head.slice(first, first + 10)) {
    const names = off || text.length > 120 ? undefined : PHOTOS_BY.exec(text)?.[1];
    // `Photo by Jane Doe/Getty Images` is under one picture.
    if (names === undefined || splitNames(names).some((name) => nameKind(name) === 'organization')) continue;
    return splitNames(names)
      .filter((name) => isLatinPerson(name) && !known.some((one) => one.name === name))
      .map((name) => ({ name, role: 'photographer' }));
  }
  return [];
}

export interface Publisher {
  readonly name: string;
  /** Registrable domain of the publisher's own site: what its data name, else the page's. */
  readonly domain?: string;
  readonly from: string;
}

/** `聯合新聞網 | 聯合新聞網`, `Site | Slogan`: the name stands first. */
const firstName = (text: string): string => text.split(/\s[|｜]\s/)[0] ?? text;
const OUTLET = /^[\p{Script=Han}A-Za-z\d ]{0,20}(?:网|網|报|報|社|台|週刊|周刊|新聞|在线|雲)(?: [A-Za-z ]{2,20})?$/u;

/** The publisher as the page gives it: structured data, site name, else the outlet at an end of a Chinese title. */
export function findPublisher(evidence: Evidence): Publisher | undefined {
  const named = publisherName(evidence);
  const told = named?.from === 'json-ld:publisher' ? agentDomain(evidence.ld?.publisher, evidence.graph) : undefined;
  const domain = told ?? (evidence.host === '' ? undefined : siteDomain(`https://${evidence.host}/`));
  return named && domain ? { ...named, domain } : named;
}

function publisherName(evidence: Evidence): Publisher | undefined {
  const agent = agentsOf(evidence.ld?.publisher, evidence.graph)[0];
  const declared = agent ? firstName(plainText(agent.name, 100)) : '';
  if (declared !== '' && !/^https?:/.test(declared)) return { name: declared, from: 'json-ld:publisher' };
  const meta = metaOf(
    evidence.metas,
    'og:site_name',
    'dc.publisher',
    'citation_publisher',
    'publisher',
    'application-name',
  );
  if (meta && meta.length < 100 && !/^https?:/.test(meta)) return { name: firstName(meta), from: 'meta:site_name' };
  // Only Chinese titles are known to end or begin with their outlet.
  if (!hasHan(evidence.title ?? '')) return undefined;
  const pieces = titlePieces(evidence.title ?? '');
  const last = pieces.at(-1)?.text;
  if (last && pieces.length > 1 && OUTLET.test(last)) return { name: last, from: 'title' };
  const first =
    /^(\p{Script=Han}{3,10}(?:新闻|新聞|网|網|日报|日報|晚报|晚報|时报|時報|通讯社|通訊社|电视台|電視台))\s?[：:_|]\s?\p{Script=Han}{2}/u.exec(
      evidence.title ?? '',
    )?.[1];
  return first && !/[据在]/.test(first) ? { name: first, from: 'title' } : undefined;
}
