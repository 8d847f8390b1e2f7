import { describe, expect, it } from "vitest";
import { safeDeclarations } from "./safe-style.ts";
import { themedStyle } from "./themed-style.ts";

const kept = (style: string) => [...safeDeclarations(style)].map((pair) => pair.join(":")).join(";");

describe("safeDeclarations", () => {
  it.each([
    ["color: #F00 !important", "color:#F00"],
    ["COLOR: Red; Background-Color: rgba(1, 2, 3, 50%)", "color:Red;background-color:rgba(1,2,3,50%)"],
    [
      "width: 10em; background: linear-gradient(90deg, #d65f5f 50.0%, transparent 50.0%)",
      "width:10em;background:linear-gradient(90deg,#d65f5f 50.0%,transparent 50.0%)",
    ],
    [
      "background: linear-gradient(to right, rgb(1,2,3) 0%, red 10px)",
      "background:linear-gradient(to right,rgb(1,2,3) 0%,red 10px)",
    ],
    ["border: 1px solid #ccc; border-left-color: red", "border:1px solid #ccc;border-left-color:red"],
    ["margin: 0 auto 1.5em", "margin:0 auto 1.5em"],
    [
      "display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px",
      "display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px",
    ],
    [
      "font-family: 'Fira Code', monospace; font-weight: 700",
      "font-family:'Fira Code',monospace;font-weight:700",
    ],
    ["text-align:right;text-align:left", "text-align:left"],
  ])("keeps %s", (style, expected) => {
    expect(kept(style)).toBe(expected);
  });

  it.each([
    "background: url(https://example.org/x.png)",
    "background-image: url('data:image/png;base64,AAAA')",
    "background: image-set('x.png' 1x)",
    "background: red url(//x)",
    "background: u\\72l(//x)",
    "background: /**/url(//x)",
    "list-style-image: url(x)",
    "list-style: url(x)",
    "cursor: url(x), auto",
    "content: url(x)",
    "behavior: url(x)",
    "-moz-binding: url(x)",
    "filter: url(#x)",
    "mask: url(x)",
    "width: expression(alert(1))",
    "color: var(--secret)",
    "color: attr(title)",
    "color: env(x)",
    "--x: url(x)",
    "position: fixed",
    "position: absolute; inset: 0",
    "z-index: 9999",
    "transform: scale(100)",
    "margin: -1000px",
    "margin-left: -5px",
    "text-indent: -9999px",
    "letter-spacing: -2em",
    "width: calc(1px * 99999)",
    "height: 99999px",
    "animation: x 1s",
    "transition: all 1s",
    "pointer-events: none",
    "font: 12px url(x)",
    'font-family: a"}body{background:url(x)}',
    "color: red}body{color:blue",
    "@import 'x'",
    "color:#12",
    "opacity: 2",
    "display: contents",
    "outline: 4000px solid red",
    "box-shadow: 0 0 0 4000px red",
    "color: rgb(1,2,3",
    "color: rgb(1,2,3))",
  ])("drops %s", (style) => {
    expect(kept(style)).toBe("");
  });

  it("looks at no value long enough to be slow", () => {
    expect(kept(`background: linear-gradient(${"red,".repeat(5000)}!)`)).toBe("");
    expect(kept(`background: linear-gradient(${"red,".repeat(29)}!)`)).toBe("");
  });
});

describe("themedStyle", () => {
  const themed = (style: string) => themedStyle(safeDeclarations(style));

  it.each([
    [
      "a colour, lighter in the dark theme",
      "color:red",
      "color:red;color:light-dark(red,oklch(from red max(l,.75) c h))",
    ],
    ["an inherited colour as it is", "color:inherit", "color:inherit"],
    [
      "a background as an island of the light theme",
      "background:#fff3cd;color:#333",
      "color-scheme:light;background:#fff3cd;color:#333",
    ],
    [
      "a background with text that stands out from it",
      "background-color:navy",
      "color-scheme:light;color:oklch(from navy clamp(.2,(.62 - l)*1000,1) 0 h);background-color:navy",
    ],
    [
      "a bar with what was behind it",
      "color:#000;background:linear-gradient(90deg,red 50%,transparent 50%)",
      "color-scheme:light;color:#000;background:linear-gradient(90deg,red 50%,transparent 50%);background-color:var(--page)",
    ],
    [
      "no background as none",
      "background:none;color:red",
      "background:none;color:red;color:light-dark(red,oklch(from red max(l,.75) c h))",
    ],
  ])("writes %s", (_what, style, expected) => {
    expect(themed(style)).toBe(expected);
  });
});
