import type { Document } from 'domhandler';
import type { GlossDecision } from '../hanzi/index.ts';
import { isElement, isText, walk } from '../html/text.ts';

/** Attributes with text for readers; addresses are left alone. */
const textAttributes: readonly string[] = ['content', 'alt', 'title', 'placeholder', 'aria-label'];
const hanPattern = /[\u3400-\u9fff]/;
const addressPattern = /^\s*(?:https?:)?\/\//i;

/** Repairs the text of a mangled page in place, so that whatever is read from the tree later is clean. */
export function repairDom(document: Document, decision: GlossDecision): void {
  walk(document, (node) => {
    if (isText(node)) {
      if (hanPattern.test(node.data)) node.data = decision.apply(node.data);
    } else if (isElement(node)) {
      for (const name of textAttributes) {
        const value = node.attribs[name];
        if (value !== undefined && hanPattern.test(value) && !addressPattern.test(value))
          node.attribs[name] = decision.apply(value);
      }
    }
    return 'on';
  });
}
