import type { MemoryMessage, ToProcess } from './messages.ts';
import type { RememberedSite } from './port.ts';

/** Sites whose memory one process keeps, at up to 300 KB each. */
const sitesMax = 50;

/** What one process has been told of sites, so that it is told nothing twice. */
export class MemoryMirror {
  readonly #known = new Map<string, { readonly edition: number; readonly lessons: number }>();

  /** The part of a page's message that brings the process up to date. */
  update(remembered: RememberedSite | undefined): Pick<Extract<ToProcess, { type: 'page' }>, 'memory' | 'forget'> {
    if (remembered === undefined) return { forget: [] };
    const { site, edition, base, lessons } = remembered;
    const known = this.#known.get(site);
    const message: MemoryMessage =
      known?.edition === edition ? { site, lessons: lessons.slice(known.lessons) } : { site, base, lessons };
    // Set again at the end: the first one is the one not used for longest.
    this.#known.delete(site);
    this.#known.set(site, { edition, lessons: lessons.length });
    const forget: string[] = [];
    for (const other of this.#known.keys()) {
      if (this.#known.size <= sitesMax) break;
      this.#known.delete(other);
      forget.push(other);
    }
    return { memory: message, forget };
  }

  /** How much of a page's memory the process has already. */
  has(remembered: RememberedSite | undefined): boolean {
    return remembered !== undefined && this.#known.get(remembered.site)?.edition === remembered.edition;
  }
}
