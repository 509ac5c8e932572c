/**
 * The record that Founder's newspaper system (方正翔宇, hundreds of Chinese dailies) leaves behind the text:
 * `<!--enpproperty <articleid>…</articleid><date>2024-03-12 09:41:00:0</date><author>…</author>… /enpproperty-->`.
 */

const FIELD = /<(date|author|journalist|liability|sourcename|title|subtitle|introtitle)>([^<]{2,300})<\/\1>/g;

/** Its fields under names of their own (`founder:author`, `founder:liability` = who edits it), as if they were `<meta>` elements. */
export function readFounderRecord(comment: string, into: Map<string, string[]>): void {
  for (const [, field, value = ''] of comment.matchAll(FIELD)) {
    const text = value.trim();
    const name = `founder:${field}`;
    // A page that shows several stories has a record of each; the first is its own.
    if (text !== '' && text !== 'null' && !into.has(name)) into.set(name, [text]);
  }
}
