import type { Segments } from '../extract/segment.ts';
import { isElement } from '../html/text.ts';
import { shortHash } from './hash.ts';

/** Levels of the tag path that make a place: enough to tell a side column from the story, too few to count its boxes. */
const levels = 4;
const classLengthMax = 60;

/**
 * Names the place of each container by its tag path with classes, as a short hash: the same on all pages of a template.
 * Computed when asked for, once for each container.
 */
export function placesIn({ containers }: Pick<Segments, 'containers'>): (container: number) => string {
  const steps = new Map<number, string>();
  const known = new Map<number, string>();
  const stepOf = (index: number): string => {
    let step = steps.get(index);
    if (step === undefined) {
      const element = containers[index]?.element;
      step = element && isElement(element) ? `${element.name}.${stableName(element.attribs.class)}` : '';
      steps.set(index, step);
    }
    return step;
  };
  return (container) => {
    let place = known.get(container);
    if (place === undefined) {
      let path = '';
      let at = container;
      for (let level = 0; level < levels && at > 0; level += 1) {
        path += `${stepOf(at)}>`;
        at = containers[at]?.parent ?? -1;
      }
      place = shortHash(path);
      known.set(container, place);
    }
    return place;
  };
}

/** Class names without those that number the article or the paragraph (`post-48213`, `p3`). */
function stableName(names: string | undefined): string {
  if (names === undefined) return '';
  return names
    .slice(0, classLengthMax)
    .split(/\s+/)
    .filter((name) => name !== '' && !/\d{3}|^[a-z]{1,2}[-_]?\d+$/i.test(name))
    .sort()
    .join('.');
}

/** Host and shape of an address: `/news/2026/01/02/some-words-1234.html` and its sisters have one template. */
export function templateOf(url: string): string {
  const { host, pathname } = new URL(url);
  const shape = pathname
    .split('/')
    .slice(0, 12)
    .map((segment, at, all) => {
      const extension = at === all.length - 1 ? (/\.[a-z]{2,5}$/i.exec(segment)?.[0] ?? '') : '';
      const name = segment.slice(0, segment.length - extension.length);
      if (/^\d+$/.test(name)) return `0${extension}`;
      // Section names tell templates apart, names of articles don't.
      return (at <= 1 && /^[a-z]{1,20}$/i.test(name) ? name : /\d/.test(name) ? 'a0' : 'a') + extension;
    });
  return shortHash(host + shape.join('/'));
}
