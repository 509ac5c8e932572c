export { formLesson, preferredForm } from './forms.ts';
export { isBarren, type Lore, noLore, patternLesson } from './patterns.ts';
export { slugOf } from './slug.ts';
