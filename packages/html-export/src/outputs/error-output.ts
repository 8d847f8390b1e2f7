import type { ErrorOutput } from "@notemill/nbformat";
import { renderAnsi } from "../ansi/render-ansi.ts";
import { textBlock } from "./text-block.ts";

/** A longer traceback is folded: most of it is other people's code. */
const MOST_LINES = 15;

/** Shows an exception: what it says, and its traceback, folded when it is long. */
export function renderError({ ename, evalue, traceback }: ErrorOutput, limit: number): string {
  const name = `<b>${renderAnsi(shortened(ename, 200))}</b>`;
  const value = evalue === "" ? "" : `: ${renderAnsi(shortened(evalue, 2000))}`;
  const lines = traceback.join("\n");
  const isLong = lines.split("\n", MOST_LINES + 1).length > MOST_LINES;
  const folded =
    lines.trim() === ""
      ? ""
      : `<details class="fold"${isLong ? "" : " open"}><summary>Traceback</summary>${textBlock(lines, { limit, kind: "traceback" })}</details>`;
  return `<section class="error"><pre class="text message">${name}${value}</pre>${folded}</section>`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
