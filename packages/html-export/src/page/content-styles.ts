/**
 * The rules for what a notebook's text, code and outputs become, wherever they stand:
 * in a page of its own, or nested into one rule in somebody else's page.
 *
 * They use the colours and fonts that the page names: `--page`, `--text`, `--quiet`,
 * `--line`, `--tint`, `--accent`, `--warm`, `--bad`, `--shade` and `--mono`.
 */
export const CONTENT_STYLES: string = `
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
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
.note,.fold>summary,.size{font-size:.8125rem;color:var(--quiet)}
pre.code{padding:.75rem .9rem;background:var(--tint);border-radius:6px;margin-bottom:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
.output{margin:0 0 .6rem}
.output>:last-child{margin-bottom:0}
pre.text{margin-bottom:.4rem;max-height:32rem}
pre.stderr{padding-inline-start:.75rem;border-inline-start:2px solid var(--line)}
.message{white-space:pre-wrap;overflow-wrap:anywhere}
.error{border-inline-start:3px solid var(--bad);padding-inline-start:.9rem}
.error b,.stop{color:var(--bad)}
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
.widget-view{margin:.2rem 0;font-size:.875rem}
.widget-box{display:flex;flex-flow:row wrap;gap:.4rem 1rem;align-items:center}
.widget-box.column{flex-direction:column;align-items:stretch}
.widget-box .box{max-height:none}
.widget{display:flex;flex-wrap:wrap;gap:.2rem .75rem;align-items:center;min-width:0}
.widget pre{margin:0;flex:1 1 12rem;padding:.2rem .5rem;border:1px solid var(--line);border-radius:4px}
.widget-label,.widget-title{color:var(--quiet)}
.widget-title{margin:.4rem 0 0;font-weight:600}
.widget-track{display:flex;width:10rem;height:.3rem;border-radius:1rem;background:var(--line);overflow:hidden}
.widget-track .level{background:var(--accent)}
.widget-field,.widget-button{padding:.1rem .5rem;border:1px solid var(--line);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.widget-button{background:var(--tint)}
.widget-choices{list-style:none;margin:0;padding:0}
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
`
  .trim()
  .replaceAll("\n", "");
