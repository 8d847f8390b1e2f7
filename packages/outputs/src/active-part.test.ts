import type { Output } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { activePart } from "./active-part.ts";

function partOf(html: string): string | undefined {
  const output: Output = { output_type: "display_data", data: { "text/html": html }, metadata: {} };
  return activePart(output)?.name;
}

it.each([
  ["<p>text</p>", undefined],
  ["<p>text</p><script>1</script>", "HTML"],
  ['<p class="a"\n onclick = "x">', "HTML"],
  ["<p><b\tonclick=1>", "HTML"],
  ["<p>on = 3</p>", undefined],
])("looks for programs in %j", (html, name) => {
  expect(partOf(html)).toBe(name);
});

it.each(["<", " ", "< ", "<a on", "<a on ", " ona"])("ends on millions of %j", (sign) => {
  const html = `<p ${sign.repeat(6_000_000 / sign.length)}`;
  expect(partOf(html)).toBeUndefined();
});
