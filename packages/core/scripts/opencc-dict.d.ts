/** opencc-js ships its dictionaries without types: each is one string of `from to` lines joined by `|`. */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
