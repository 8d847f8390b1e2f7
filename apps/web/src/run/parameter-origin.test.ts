import { expect, it } from "vitest";
import { parameterOrigin } from "./parameter-origin.ts";

const RUN = {
  owner: "ada",
  schedule: null,
  sweep_id: null,
  rerun_of: null,
  workflow_run_id: null,
  started_by_run: null,
};
const SCHEDULE = { id: "s", name: "nightly", slot: "2026-01-05T06:00:00Z", follows: "workspace" } as const;

it.each([
  [{}, "given by ada"],
  [{ schedule: SCHEDULE }, "from the schedule nightly"],
  [{ schedule: SCHEDULE, sweep_id: "p" }, "from its sweep"],
  [{ workflow_run_id: "w" }, "from its workflow"],
  [{ started_by_run: "r" }, "given by the run that started it"],
  // Of a run that repeats another one the schedule is where that one comes from.
  [{ schedule: SCHEDULE, rerun_of: "r" }, "given by ada, or as in the run that it repeats"],
])("says of %j that its parameters are %s", (more, text) => {
  expect(parameterOrigin({ ...RUN, ...more })).toBe(text);
});
