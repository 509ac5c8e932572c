/** The one style sheet of all pages; the content security policy names its hash. */
export const styles = `
:root { color-scheme: light dark; --ink: #1d1c1a; --soft: #67635b; --line: #e2ddd2; --paper: #faf8f4; --card: #ffffff;
  --mark: #ffe7a3; --link: #174a8c; --brand: #a3271f; --chip: #efeadf }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --soft: #a6a196; --line: #3a3731; --paper: #191816; --card: #211f1c;
  --mark: #6a5212; --link: #93bdf2; --brand: #f08a7c; --chip: #2e2b26 } }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, "PingFang SC", "PingFang TC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
:lang(zh-Hant) { font-family: system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif }
a { color: var(--link); text-underline-offset: .15em }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .2rem }
.wide { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem }
.skip, .hidden { position: absolute; left: -100rem }
h1.hidden { top: 0 }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 1 }
header { background: var(--card); border-bottom: 1px solid var(--line) }
header .wide { display: grid; grid-template-columns: 15rem minmax(0, 1fr); align-items: center; gap: 2.5rem; padding-top: .8rem; padding-bottom: .8rem }
.brand { font-weight: 700; font-size: 1.15rem; color: var(--brand); text-decoration: none; letter-spacing: .01em; white-space: nowrap }
.search { display: flex; max-width: 46rem; min-width: 0; border-radius: .5rem }
.search:focus-within { outline: 2px solid var(--link); outline-offset: 2px } .search input:focus-visible { outline: 0 }
input, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; min-width: 0 }
.search input { flex: 1; border-radius: .5rem 0 0 .5rem; border-right: 0 }
.search button { border-radius: 0 .5rem .5rem 0 }
button { cursor: pointer; background: var(--brand); border-color: var(--brand); color: #fff; font-weight: 600; white-space: nowrap }
@media (prefers-color-scheme: dark) { button { color: #1a1412 } }
.columns { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem; padding-top: 1.25rem; padding-bottom: 3rem; align-items: start }
.columns.single { grid-template-columns: minmax(0, 46rem); padding-left: calc(17.5rem + 1.25rem) }
aside { font-size: .92rem }
aside section, aside form { padding-bottom: 1rem; margin-bottom: 1rem; border-bottom: 1px solid var(--line) }
aside section:last-of-type { border: 0 }
aside h2 { font-size: .82rem; color: var(--soft); margin: 0 0 .4rem; font-weight: 600; letter-spacing: .03em }
aside ul { list-style: none; margin: 0; padding: 0 }
aside li a { display: flex; gap: .75rem; padding: .16rem .5rem; margin: 0 -.5rem; border-radius: .35rem; color: inherit; text-decoration: none }
aside li a:hover { background: var(--chip) }
aside li a span:first-child { flex: 1; min-width: 0 }
aside li[aria-current] a { background: var(--chip); font-weight: 600 }
.count { color: var(--soft); font-variant-numeric: tabular-nums; font-weight: 400 }
.dates label { display: grid; grid-template-columns: 2.6rem 1fr; align-items: center; gap: .4rem; color: var(--soft); margin-bottom: .4rem }
.dates input { padding: .25rem .45rem; font-size: .88rem }
.dates button { background: none; color: var(--link); border-color: var(--line); padding: .25rem .8rem; font-weight: 400; font-size: .88rem; margin-left: 3rem }
.toggle, #show { display: none }
.bar { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: baseline; justify-content: space-between; color: var(--soft); font-size: .92rem; padding-bottom: .7rem; border-bottom: 1px solid var(--line) }
.bar p { margin: 0 } h1.bar { margin: 0; font-weight: 600 }
.bar nav a, .bar nav strong { margin-left: .9rem } .bar nav strong { color: var(--ink) }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 .9rem; padding: 0; list-style: none }
.chips a { display: block; background: var(--chip); border-radius: 1rem; padding: .12rem .8rem; font-size: .88rem; color: inherit; text-decoration: none }
.chips a:not(.plain)::after { content: " ×"; color: var(--soft) }
.chips a.plain { background: none; color: var(--link) }
.find { display: flex; gap: .5rem; margin: 1rem 0 } .find input { flex: 1 }
.languages { display: flex; gap: .8rem; margin-left: auto }
.hint { background: var(--chip); border-radius: .5rem; padding: .55rem .9rem; margin: 0 0 .9rem }
.message { border-left: 3px solid var(--brand); padding: .2rem 0 .2rem .8rem; margin: 1rem 0 }
article.hit { padding: 1.05rem 0; border-bottom: 1px solid var(--line) }
.hit h3 { font-size: 1.13rem; line-height: 1.45; margin: .1rem 0 .15rem; font-weight: 600 }
.hit h3 a { text-decoration: none } .hit h3 a:hover { text-decoration: underline }
.hit p { margin: .15rem 0; max-width: 46rem }
.hit .text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden }
.meta, .acts { color: var(--soft); font-size: .87rem }
.meta a, .acts a { text-decoration: none } .meta a { color: inherit; font-weight: 600 } .meta a:hover, .acts a:hover { text-decoration: underline }
.acts { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding-top: .15rem }
em { font-style: normal; background: var(--mark); border-radius: .15rem; padding: 0 .05em; color: inherit }
.tag { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .35rem; font-size: .78rem }
.more { display: inline-block; margin-top: 1.4rem; border: 1px solid var(--line); background: var(--card); border-radius: .5rem; padding: .5rem 1.4rem; text-decoration: none; font-weight: 600 }
main > h2 { font-size: 1.1rem; margin: 2rem 0 0 }
.story h1 { font-size: 1.65rem; line-height: 1.4; margin: .3rem 0 .5rem }
.story h1 + .second { font-size: 1.05rem; color: var(--soft); margin: 0 0 .6rem }
.story .text { font-size: 1.06rem; line-height: 1.9 } .story .text p { margin: 0 0 1em }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.1rem; margin: 1.6rem 0; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .92rem }
.facts dt { color: var(--soft) } .facts dd { margin: 0 }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .87rem }
footer .wide { padding-top: 1rem; padding-bottom: 2rem; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem }
@media (max-width: 46rem) {
  .wide { padding: 0 1rem }
  header .wide { grid-template-columns: minmax(0, 1fr); gap: .6rem }
  .search { max-width: none }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 0; padding-top: .9rem }
  .columns.single { padding-left: 1rem }
  .toggle { display: inline-flex; align-items: center; align-self: start; justify-self: start; gap: .5rem; border: 1px solid var(--line); background: var(--card); border-radius: .5rem; padding: .3rem .9rem; margin-bottom: .8rem; cursor: pointer; font-size: .92rem }
  #show { display: block }
  #show:focus-visible + .toggle { outline: 2px solid var(--link); outline-offset: 2px }
  #show:not(:checked) ~ aside { display: none }
  #show:checked ~ aside { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1rem 0; margin-bottom: 1rem }
  aside li a { padding: .4rem .5rem }
  .acts a { padding: .25rem 0 }
  .story h1 { font-size: 1.4rem }
}
`;
