import { Element } from 'domhandler';
import { bitsOfTag } from './tags.ts';

/** An element as the parser makes it: it carries what walks would else look up by its name and attributes each time. */
export class PageElement extends Element {
  /** See `tagBit`. */
  readonly tagBits: number;
  /** See `attributeBit`. */
  readonly attributeBits: number;

  constructor(name: string, attributes: Record<string, string>, tagBits: number, attributeBits: number) {
    super(name, attributes, []);
    this.tagBits = tagBits;
    this.attributeBits = attributeBits;
  }
}

/** See `tagBit`; for elements of whatever tree. */
export function tagBitsOf(element: Element): number {
  return (element as Partial<PageElement>).tagBits ?? bitsOfTag(element.name);
}

/** See `attributeBit`; of an element of another tree nothing is ruled out. */
export function attributeBitsOf(element: Element): number {
  return (element as Partial<PageElement>).attributeBits ?? -1;
}
