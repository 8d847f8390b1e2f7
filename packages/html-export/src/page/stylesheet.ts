import { CONTENT_STYLES } from "./content-styles.ts";

const BASE = `
:root{color-scheme:light dark;--page:light-dark(#fff,#15181b);--text:light-dark(#1f2428,#d8dde2);--quiet:light-dark(#5a646e,#98a3ad);--line:light-dark(#e2e5e8,#2d3338);--tint:light-dark(#f6f7f8,#1c2024);--accent:light-dark(#0b676c,#6cc5c9);--warm:light-dark(#8a4b08,#dfae78);--bad:light-dark(#b3261e,#ff8f85);--shade:light-dark(#1f242824,#0009);--gutter:0rem;--mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
:root.light{color-scheme:light}
:root.dark{color-scheme:dark}
*{box-sizing:border-box}
html{font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;background:var(--page);color:var(--text);-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem;overflow-wrap:break-word}
`;

const FRAME = `
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;padding:.4rem .8rem;background:var(--page);z-index:1}
.skip:focus{top:.5rem}
.label,.prompt,footer{font-size:.8125rem;color:var(--quiet)}
.label{margin:0 0 .35rem}
.title{padding-inline-start:var(--gutter);margin-bottom:2.5rem}
.title h1{margin:0 0 .6rem;font-size:2.1rem}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;margin:0 0 1rem;font-size:.9rem;color:var(--quiet);font-variant-numeric:tabular-nums}
.status{color:var(--text);font-weight:600}
.status::before{content:"";display:inline-block;width:.55em;height:.55em;margin-inline-end:.5em;border-radius:50%;background:var(--quiet)}
.status.succeeded::before{background:var(--accent)}
.status:is(.failed,.timed_out,.lost)::before{background:var(--bad)}
.failure{border-inline-start:3px solid var(--bad);padding:.1rem 0 .1rem .9rem}
.failure code{background:none;padding:0;white-space:pre-wrap}
.parameters{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(8.5rem,100%),1fr));gap:.7rem 1.5rem;margin:0;padding:.9rem 1.1rem;background:var(--tint);border-radius:6px}
.parameters dt{font-size:.8125rem;color:var(--quiet)}
.parameters dd{margin:0;font:.875rem/1.4 var(--mono);overflow-wrap:anywhere}
.contents ol{list-style:none;margin:0;padding:0;font-size:.875rem;line-height:1.4}
.contents li{margin:.4em 0}
.contents a{color:var(--quiet);text-decoration:none}
.contents a:hover{color:var(--accent)}
.level2{padding-inline-start:.9em}
.level3{padding-inline-start:1.8em}
.contents.wide{display:none}
.contents.narrow{margin:0 0 2.5rem;padding-inline-start:var(--gutter)}
.contents.narrow ol{margin-top:.6rem}
.cell{position:relative;padding-inline-start:var(--gutter);margin:0 0 1.4rem;contain:paint;scroll-margin-top:1.5rem}
.cell.prose{margin-bottom:1rem}
.many>.cell{content-visibility:auto;contain-intrinsic-size:auto 12rem}
.cell.prose>:first-child{margin-top:0}
.cell.prose>:is(h1,h2):first-child{margin-top:1.3em}
.cell.prose>h3:first-child{margin-top:1em}
.prompt{display:flex;gap:1rem;margin:0 0 .25rem;font-family:var(--mono);font-size:.75rem}
.prompt a{color:inherit;text-decoration:none}
.prompt a:hover{color:var(--accent)}
.code:target>pre.code,.code:target>.fold{box-shadow:inset 2px 0 var(--accent)}
.stop{margin:0 0 .5rem;font-size:.875rem;font-weight:600}
footer{padding-block-start:1.5rem;padding-inline-start:var(--gutter);margin-top:3rem;border-top:1px solid var(--line)}
@media (min-width:60rem){
:root{--gutter:4.25rem}
body{max-width:54rem;padding-top:4rem}
.prompt{position:absolute;inset-inline-start:0;top:.8rem;width:var(--gutter);flex-direction:column;gap:.1rem}
.prompt:has(+.label){top:2.3rem}
.prompt:has(+.fold){top:.2rem}
.stop+.prompt{top:2.6rem}
}
@media (min-width:80rem){
body.with-contents{display:grid;grid-template-columns:minmax(0,51.5rem) 14rem;column-gap:3.5rem;max-width:72rem}
.with-contents>:not(.contents,.skip){grid-column:1}
.contents.wide{display:block;grid-column:2;grid-row:1/span 4;align-self:start;position:sticky;top:4rem;max-height:calc(100vh - 6rem);overflow:auto}
.contents.narrow{display:none}
}
:root.dark .picture{padding:.4rem}
@media (prefers-color-scheme:dark){:root.auto .picture{padding:.4rem}}
@media print{
:root,:root.dark{color-scheme:light;--gutter:0rem}
html{font-size:10pt}
body,body.with-contents{display:block;max-width:none;padding:0}
.skip,.contents,.contents.wide{display:none}
.prompt{position:static;flex-direction:row}
.cell,.box{contain:none;content-visibility:visible}
.box,pre.text{max-height:none;overflow:visible;background:none!important}
:root .picture{padding:0}
:is(.error,.tree) details::details-content{content-visibility:visible;height:auto}
.fold:not([open],.error *){display:none}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
img,tr,.parameters{break-inside:avoid}
}
`;

/**
 * The one style sheet of a page.
 *
 * Colours come in pairs, light and dark; which one counts is the element's
 * `color-scheme`, so that a light island in a dark page needs no rule of its own.
 */
export const STYLESHEET: string = `${BASE}${CONTENT_STYLES}${FRAME}`.replaceAll("\n", "");

/**
 * The hash of {@link STYLESHEET} for the page's Content-Security-Policy. A test
 * computes it anew, as nothing here can.
 */
export const STYLESHEET_HASH = "sha256-HvFQtxtH5firbDoHsXHpaGEk7nqUzMAi9VEcJXYi0hs=";
