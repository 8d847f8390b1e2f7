import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("docs/reference/workflow-events.md has every kind, in the order of the code", () => {
  const source = readFileSync("packages/store/src/workflows/workflow-events.ts", "utf8");
  const list = /WORKFLOW_EVENT_KINDS = \[([\s\S]*?)\]/.exec(source)?.[1] ?? "";
  const kinds = [...list.matchAll(/"([a-z-]+)"/g)].map(([, kind]) => kind);
  expect(kinds).toContain("step-status-changed");
  const page = readFileSync("docs/reference/workflow-events.md", "utf8");
  expect([...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind)).toEqual(kinds);
});
