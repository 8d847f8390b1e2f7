import { isJsonObject } from "@notemill/json";
import type { Notebook, Output } from "@notemill/nbformat";
import { isCheckData, parseCheck, unreadableCheck } from "./check.ts";
import type { Check } from "./check.ts";
import { DISPLAY_ONLY } from "./scrap.ts";
import type { BundleOutput, Scrap } from "./scrap.ts";
import { isScrapMimeType, readRecord, readScrapPayload, RECORD_MIME_TYPE } from "./scrap-payload.ts";
import type { ScrapProblem } from "./scrap-problem.ts";

/** All that the outputs of a notebook document recorded. */
export interface NotebookScraps {
  /** By name, in the order of first appearance; the last of a name counts. */
  readonly scraps: ReadonlyMap<string, Scrap>;
  /** Every check in document order, repeated names included. */
  readonly checks: readonly Check[];
  readonly problems: readonly ScrapProblem[];
}

/**
 * Reads the scraps of a notebook document: those of Notemill's Python library,
 * of scrapbook 0.5, and of papermill 0.x's `record` and `display`.
 *
 * A later scrap replaces an earlier one of its name, but for two cases.
 * scrapbook's display output joins the data output right before it in its cell,
 * because one `glue` wrote both. papermill's displays and values of one name
 * join wherever they are, because papermill kept them apart.
 *
 * Never throws: what cannot be read is in `problems`, and a check that cannot be
 * read counts as failed.
 */
export function readScraps(notebook: Notebook): NotebookScraps {
  const found: Found = { scraps: new Map(), checks: [], problems: [] };
  notebook.cells.forEach((cell, cellIndex) => {
    if (cell.cell_type !== "code") return;
    let previous: string | undefined;
    for (const output of cell.outputs) {
      if (isBundleOutput(output)) previous = readOutput(output, cellIndex, previous, found);
    }
  });
  return found;
}

interface Found {
  readonly scraps: Map<string, Scrap>;
  readonly checks: Check[];
  readonly problems: ScrapProblem[];
}

/**
 * Adds what one output recorded.
 *
 * @param previous - The scrap whose data was in the output before this one.
 * @returns The scrap whose data is in this one.
 */
function readOutput(
  output: BundleOutput,
  cellIndex: number,
  previous: string | undefined,
  found: Found,
): string | undefined {
  const shown = displayNameOf(output);
  let recorded: string | undefined;
  for (const [mimeType, stored] of Object.entries(output.data)) {
    if (mimeType === RECORD_MIME_TYPE) addRecord(stored, cellIndex, found);
    else if (isScrapMimeType(mimeType)) {
      const scrap = addScrap(stored, cellIndex, found);
      if (!scrap) continue;
      recorded = scrap.name;
      if (shown?.name === scrap.name) found.scraps.set(scrap.name, { ...scrap, display: output });
    }
  }
  if (shown && shown.name !== recorded) {
    const joins = shown.byPapermill || shown.name === previous;
    addDisplay(shown.name, output, cellIndex, joins, found);
  }
  return recorded;
}

function addScrap(stored: BundleOutput["data"][string], cellIndex: number, found: Found): Scrap | undefined {
  const payload = readScrapPayload(stored);
  if ("code" in payload) {
    found.problems.push({ ...payload, cellIndex });
    return undefined;
  }
  const { name, encoder, data } = payload;
  const scrap: Scrap = {
    name,
    data: encoder === DISPLAY_ONLY ? undefined : data,
    encoder,
    display: undefined,
    cellIndex,
  };
  found.scraps.set(name, scrap);
  if (encoder === "json" && isCheckData(data)) {
    const check = parseCheck(name, data);
    if (typeof check !== "string") found.checks.push(check);
    else {
      found.problems.push({ code: "CHECK_PAYLOAD_INVALID", message: check, cellIndex });
      found.checks.push(unreadableCheck(name, check));
    }
  }
  return scrap;
}

function addRecord(stored: BundleOutput["data"][string], cellIndex: number, found: Found): void {
  const record = readRecord(stored);
  if (!record) {
    const message = "a papermill record is an object of values by name";
    found.problems.push({ code: "SCRAP_PAYLOAD_INVALID", message, cellIndex });
    return;
  }
  for (const [name, data] of record) {
    const display = found.scraps.get(name)?.display;
    found.scraps.set(name, { name, data, encoder: "json", display, cellIndex });
  }
}

function addDisplay(
  name: string,
  output: BundleOutput,
  cellIndex: number,
  joins: boolean,
  found: Found,
): void {
  const known = joins ? found.scraps.get(name) : undefined;
  const scrap = known ?? { name, data: undefined, encoder: DISPLAY_ONLY };
  found.scraps.set(name, { ...scrap, display: output, cellIndex });
}

/** The name under which an output is a display, and whether papermill 0.x gave it. */
function displayNameOf(output: BundleOutput): { name: string; byPapermill: boolean } | undefined {
  const { scrapbook, papermill } = output.metadata;
  if (isJsonObject(scrapbook) && scrapbook.display === true && typeof scrapbook.name === "string") {
    return { name: scrapbook.name, byPapermill: false };
  }
  if (isJsonObject(papermill) && typeof papermill.name === "string") {
    return { name: papermill.name, byPapermill: true };
  }
  return undefined;
}

function isBundleOutput(output: Output): output is BundleOutput {
  return output.output_type === "display_data" || output.output_type === "execute_result";
}
