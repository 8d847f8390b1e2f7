import { describe, it } from "vitest";
import { killCommand } from "./kill-command.ts";

describe("kill -9 of the command", () => {
  it.each(["tick 0\n", "tick 400\n", "tick 1500\n"])(
    "leaves a valid notebook that doctor turns into the truth, and no process (after %j)",
    killCommand,
  );
});
