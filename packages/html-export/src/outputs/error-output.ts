import type { ErrorOutput } from "@notemill/nbformat";
import { renderAnsi } from "../ansi/render-ansi.ts";
import { textBlock } from "./text-block.ts";

/** Shows an exception: what it says, and its traceback folded away. */
export function renderError({ ename, evalue, traceback }: ErrorOutput, limit: number): string {
  const name = `<b>${renderAnsi(shortened(ename, 200))}</b>`;
  const value = evalue === "" ? "" : `: ${renderAnsi(shortened(evalue, 2000))}`;
  const lines = traceback.join("\n");
  const folded =
    lines.trim() === ""
      ? ""
      : `<details class="fold"><summary>Traceback</summary>${textBlock(lines, { limit, kind: "traceback" })}</details>`;
  return `<section class="error"><pre class="text message">${name}${value}</pre>${folded}</section>`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
