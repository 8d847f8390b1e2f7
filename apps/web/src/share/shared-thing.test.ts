import { expect, it } from "vitest";
import { isLinkTo, linkChoices, linkRequest, type SharedThing } from "./shared-thing.ts";

const notebook: SharedThing = { kind: "notebook", path: "/home/ada/a.ipynb" };
const run: SharedThing = { kind: "run", runId: "0196" };

it("asks for what the choice says", () => {
  const more = { note: "for Bo", code: "omit", expiresAt: new Date(0) } as const;
  const common = { note: "for Bo", code: "omit", expires_at: "1970-01-01T00:00:00.000Z" };
  expect(linkChoices(notebook).map(({ kind }) => linkRequest(notebook, kind, more))).toEqual([
    { kind: "path", path: "/home/ada/a.ipynb", ...common },
    { kind: "latest", path: "/home/ada/a.ipynb", ...common },
  ]);
  expect(linkRequest(run, "run", more)).toEqual({ kind: "run", run_id: "0196", ...common });
});

it("knows which links are to it", () => {
  expect(isLinkTo(notebook, { path: "/home/ada/a.ipynb", run_id: null })).toBe(true);
  expect(isLinkTo(notebook, { path: "/home/ada", run_id: null })).toBe(false);
  expect(isLinkTo(run, { path: null, run_id: "0196" })).toBe(true);
  expect(isLinkTo(run, { path: null, run_id: "0197" })).toBe(false);
});
