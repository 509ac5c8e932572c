import type { Anchor } from '../html.ts';
import type { SitePage } from '../model.ts';

/** The seed page's forms that a host serves. */
export function seedPages(_host: string): SitePage[] {
  return [];
}

/** Links to them, for the host's lists. */
export function seedLink(_host: string): Anchor[] {
  return [];
}
