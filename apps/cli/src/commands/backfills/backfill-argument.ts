import type { ArgumentDefinition } from "../../command-line/command.ts";

/** The backfill that a command is about. */
export const BACKFILL_ARGUMENT: ArgumentDefinition = { name: "BACKFILL", help: "Id of the backfill." };
