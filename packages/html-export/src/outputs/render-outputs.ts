import type { Output } from "@notemill/nbformat";
import type { PageContext } from "../page/page-context.ts";
import { renderBundle } from "./bundle-output.ts";
import { renderError } from "./error-output.ts";
import { textBlock } from "./text-block.ts";

/** Turns the outputs of one cell into markup; pieces of one stream that follow each other become one. */
export function renderOutputs(outputs: readonly Output[], page: PageContext): string {
  return joinStreams(outputs)
    .map((output) => renderOutput(output, page))
    .filter((html) => html !== "")
    .map((html) => `<section class="output">${html}</section>\n`)
    .join("");
}

function renderOutput(output: Output, page: PageContext): string {
  switch (output.output_type) {
    case "stream": {
      const kind = output.name === "stderr" ? "stderr" : "stdout";
      return output.text === "" ? "" : textBlock(output.text, { limit: page.maxOutputLength, kind });
    }
    case "error":
      return renderError(output, page.maxOutputLength);
    case "display_data":
    case "execute_result":
      return renderBundle({ data: output.data, metadata: output.metadata, page, renderOutputs });
  }
}

/** Makes one output of pieces of one stream that follow each other. */
export function joinStreams(outputs: readonly Output[]): readonly Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else joined.push(output);
  }
  return joined;
}
