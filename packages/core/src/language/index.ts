export { detectLanguage, type LanguageHints } from './detect-language.ts';
