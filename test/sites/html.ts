/** Text → HTML text or attribute value. */
export function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export interface Anchor {
  readonly href: string;
  readonly title: string;
}

export function anchor({ href, title }: Anchor, attributes = ''): string {
  return `<a href="${text(href)}"${attributes && ` ${attributes}`}>${text(title)}</a>`;
}

/** `items` each through `render`, one a line. */
export function lines<T>(items: readonly T[], render: (item: T, index: number) => string): string {
  return items.map(render).join('\n');
}

/** JSON that can stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll('<', '\\u003c');
}
