/**
 * The one style sheet of a page.
 *
 * Colours come in pairs, light and dark; which one counts is the element's
 * `color-scheme`, so that a light island in a dark page needs no rule of its own.
 */
export const STYLESHEET: string = `
:root{color-scheme:light dark;--page:light-dark(#fff,#15181b);--text:light-dark(#1f2428,#d8dde2);--quiet:light-dark(#5a646e,#98a3ad);--line:light-dark(#e2e5e8,#2d3338);--tint:light-dark(#f6f7f8,#1c2024);--accent:light-dark(#0b676c,#6cc5c9);--warm:light-dark(#8a4b08,#dfae78);--bad:light-dark(#b3261e,#ff8f85);--shade:light-dark(#1f242824,#0009);--gutter:0rem;--mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
:root.light{color-scheme:light}
:root.dark{color-scheme:dark}
*{box-sizing:border-box}
html{font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;background:var(--page);color:var(--text);-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem;overflow-wrap:break-word}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
h1,h2,h3,h4,h5,h6,.h1,.h2,.h3,.h4,.h5,.h6{line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:1.6em 0 .5em;text-wrap:balance;break-after:avoid}
h1,.h1{font-size:1.9rem;letter-spacing:-.02em}
h2,.h2{font-size:1.4rem}
h3,.h3{font-size:1.15rem}
h4,.h4,h5,.h5,h6,.h6{font-size:1rem}
h2.h3{font-size:1.15rem}
:is(h2,h3,h4,h5):is(.h4,.h5,.h6){font-size:1rem}
p,ul,ol,dl,blockquote,pre,table{margin:0 0 1em}
ul,ol{padding-inline-start:1.5em}
li>p{margin-bottom:.4em}
.task{list-style:none;margin-inline-start:-1.4em}
blockquote{margin-inline-start:0;padding-inline-start:1em;border-inline-start:2px solid var(--line);color:var(--quiet)}
hr{border:0;border-top:1px solid var(--line);margin:2em 0}
img{max-width:100%;height:auto}
code,kbd,samp,pre{font-family:var(--mono);font-size:.875em;font-variant-ligatures:none}
:not(pre)>code{background:var(--tint);padding:.12em .35em;border-radius:3px;overflow-wrap:anywhere}
pre{line-height:1.5;font-size:.8125rem;overflow:auto;tab-size:4}
pre code{font-size:1em}
pre,code{direction:ltr;text-align:left;unicode-bidi:isolate}
.prose pre{white-space:pre-wrap;overflow-wrap:anywhere}
.prose img{background:light-dark(#0000,#fff)}
mark{background:light-dark(#fdf0b0,#574a0c);color:inherit}
details>summary{cursor:pointer}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;padding:.4rem .8rem;background:var(--page);z-index:1}
.skip:focus{top:.5rem}
.label,.note,.prompt,.fold>summary,footer,.size{font-size:.8125rem;color:var(--quiet)}
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
pre.code{padding:.75rem .9rem;background:var(--tint);border-radius:6px;margin-bottom:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
.output{margin:0 0 .6rem}
.output>:last-child{margin-bottom:0}
pre.text{margin-bottom:.4rem;max-height:32rem}
pre.stderr{padding-inline-start:.75rem;border-inline-start:2px solid var(--line)}
.message{white-space:pre-wrap;overflow-wrap:anywhere}
.error{border-inline-start:3px solid var(--bad);padding-inline-start:.9rem}
.error b,.stop{color:var(--bad)}
.stop{margin:0 0 .5rem;font-size:.875rem;font-weight:600}
.fold{margin-bottom:.6rem}
.fold>summary{width:fit-content}
.fold[open]>summary{margin-bottom:.5rem}
.note{margin:.3rem 0 .6rem}
.note b{font-weight:600;color:var(--text)}
.missing{color:var(--quiet);font-size:.875em}
.picture{display:block;background:#fff;color:#1f2428;border-radius:4px}
.box{overflow:auto;max-height:34rem;contain:paint;font-size:.9375rem}
.box.table,.box.data{font-size:.8125rem}
.box>:last-child{margin-bottom:.3rem}
:is(.box.table,.box.data,pre.text)[tabindex]{background:linear-gradient(to left,var(--page) 1rem,transparent) 100% 0/2.5rem 100% no-repeat local,linear-gradient(to top,var(--page) 1rem,transparent) 0 100%/100% 2.5rem no-repeat local,linear-gradient(to left,var(--shade),transparent) calc(100% - 1px) 0/.6rem 100% no-repeat,linear-gradient(to top,var(--shade),transparent) 0 calc(100% - 1px)/100% .6rem no-repeat}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;line-height:1.4}
.prose .box{font-size:.9rem;margin-bottom:1em}
th,td{padding:.35em .75em;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600}
thead th{vertical-align:bottom}
.box thead th{position:sticky;top:0;background:var(--page)}
.number{text-align:end}
.box.table :is(th,td){text-align:end}
:is(.data,.dataframe) :is(th,td){white-space:nowrap}
.data .long{white-space:normal;min-width:16rem;max-width:28rem}
caption{text-align:start;padding-bottom:.5em;color:var(--quiet)}
.formula{display:block;overflow-x:auto;overflow-y:hidden;padding:.3em 0}
math{font-family:"STIX Two Math","Cambria Math","Latin Modern Math",math;font-size:1.06em}
.mtr-glue{width:50%}
menclose[notation=box]{border:1px solid;padding:.2em}
menclose[notation~=updiagonalstrike]{background:linear-gradient(to top right,transparent 48%,currentColor 49% 51%,transparent 52%)}
.tree,.tree ul{list-style:none;padding-inline-start:1.1em;margin:0;font:.8125rem/1.6 var(--mono);overflow-wrap:anywhere}
.tree{padding-inline-start:0}
.tree b{font-weight:600}
.scrap{margin:.2rem 0;font-size:.875rem}
.output:has(>.scrap)+.output:has(>.scrap){margin-top:-.5rem}
.scrap span{color:var(--quiet)}
.check.failed .state{color:var(--bad)}
.check.failed b::before{content:"✗ ";color:var(--bad)}
.check.held b::before{content:"✓ ";color:var(--accent)}
.alert{padding:.8rem 1rem;margin:0 0 1em;border-inline-start:3px solid var(--accent);background:var(--tint);border-start-end-radius:6px;border-end-end-radius:6px}
.alert-warning{border-color:var(--warm)}
.alert-danger{border-color:var(--bad)}
.alert>:last-child{margin-bottom:0}
.hidden-character{color:var(--bad);border:1px solid;border-radius:3px;font-size:.8em;padding:0 .2em}
footer{padding-block-start:1.5rem;padding-inline-start:var(--gutter);margin-top:3rem;border-top:1px solid var(--line)}
:is(.h-keyword,.h-literal,.h-built_in,.h-type,.h-name,.h-tag,.h-selector-tag,.h-section,.h-addition){color:var(--accent)}
:is(.h-string,.h-number,.h-regexp,.h-symbol,.h-link,.h-attr,.h-bullet,.h-code,.h-deletion,.h-char){color:var(--warm)}
:is(.h-comment,.h-quote,.h-meta,.h-doctag){color:var(--quiet)}
.h-comment{font-style:italic}
.h-title,.h-strong{font-weight:600}
.h-subst{color:var(--text)}
.c{color:light-dark(oklch(from var(--c) min(l,.45) c h),oklch(from var(--c) max(l,.78) c h))}
.b{background:light-dark(oklch(from var(--b) max(l,.92) min(c,.05) h),oklch(from var(--b) min(l,.32) min(c,.07) h))}
.c0,.c8{color:light-dark(#1f2428,#b4bdc6)}.b0,.b8{background:light-dark(#dde1e5,#33393f)}
.c1,.c9{color:light-dark(#b3261e,#ff8f85)}.b1,.b9{background:light-dark(#ffe4e1,#571a15)}
.c2,.c10{color:light-dark(#1b6b30,#7fd493)}.b2,.b10{background:light-dark(#dff5e4,#14401f)}
.c3,.c11{color:light-dark(#795400,#e6c36a)}.b3,.b11{background:light-dark(#fcf0cc,#463400)}
.c4,.c12{color:light-dark(#1d58b0,#8fbcff)}.b4,.b12{background:light-dark(#e1ecfd,#173463)}
.c5,.c13{color:light-dark(#86298f,#e3a0ec)}.b5,.b13{background:light-dark(#fae5fc,#4b1a51)}
.c6,.c14{color:light-dark(#0b676c,#6cc5c9)}.b6,.b14{background:light-dark(#d9f4f5,#0c3f42)}
.c7,.c15{color:light-dark(#4d565f,#eef1f4)}.b7,.b15{background:light-dark(#eef0f2,#454c53)}
.inverse{background:var(--text);color:var(--page)}
.bold{font-weight:650}.italic{font-style:italic}.underline{text-decoration:underline}.strike{text-decoration:line-through}.dim:not(.c){color:var(--quiet)}
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
`
  .trim()
  .replaceAll("\n", "");

/**
 * The hash of {@link STYLESHEET} for the page's Content-Security-Policy. A test
 * computes it anew, as nothing here can.
 */
export const STYLESHEET_HASH = "sha256-eNQOKLkCK4D31bc6d9Z9A689CorUKJz0vKpIRVnN0vU=";
