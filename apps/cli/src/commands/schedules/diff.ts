import { encodeWireJson, type ScheduleDiff } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules diff`: what a promotion would change. */
export const diffCommand: Command = {
  name: "schedules diff",
  summary: "Show how the notebook differs now from what was promoted, cell by cell",
  description: "The exit code is 0 when a promotion would change nothing, and 1 when it would.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  examples: [
    ["notemill schedules diff report || notemill schedules promote report", "look, then take it over"],
  ],
  run: diff,
};

async function diff(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const found = await client.diffSchedule(await scheduleId(client, given));
  terminal.stdout.write(
    `${options.flag("json") === true ? encodeWireJson(found) : describe(found).join("\n")}\n`,
  );
  return found.is_same ? 0 : 1;
}

function describe({ is_same: isSame, cells, files }: ScheduleDiff): readonly string[] {
  if (isSame) return ["no difference"];
  const changes = cells.map(({ kind, cell_id: id, cell_type: type, index, before_index: before, lines }) => {
    const place = index === null ? `was ${(before ?? 0) + 1}` : `${index + 1}`;
    const note = kind === "changed" && lines.length === 0 ? ["  (its tags or its type)"] : [];
    return [`${kind} ${type} cell ${place} (${id})`, ...lines.map((line) => `  ${line}`), ...note].join("\n");
  });
  const others = files.map(({ path, kind }) => `${kind} file ${path}`);
  return [...changes, ...(cells.length === 0 ? ["no cell has another source"] : []), ...others];
}
