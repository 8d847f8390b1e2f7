import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Codes that a package's error file lists, by package. */
function codesInSource(): Map<string, string[]> {
  const byPackage = new Map<string, string[]>();
  for (const path of globSync("{packages,apps}/*/src/**/*error.ts").sort()) {
    const source = readFileSync(path, "utf8");
    const union = /export type \w*ErrorCode =([\s\S]*?);/.exec(source)?.[1];
    if (union === undefined) continue;
    const name = `@notemill/${path.split("/")[1]}`;
    const codes = [...union.matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, code = ""]) => code);
    byPackage.set(name, [...(byPackage.get(name) ?? []), ...codes]);
  }
  return byPackage;
}

/** Codes that docs/reference/errors.md has a section for, by heading. */
function codesInDocs(): Map<string, string[]> {
  const byPackage = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of readFileSync("docs/reference/errors.md", "utf8").split("\n")) {
    const heading = /^## `?([^`]+)`?$/.exec(line)?.[1];
    if (heading !== undefined) byPackage.set(heading.trim(), (current = []));
    const code = /^### `?([A-Z][A-Z0-9_]+)`?$/.exec(line)?.[1];
    if (code !== undefined) current.push(code);
  }
  return byPackage;
}

describe("error codes", () => {
  const docs = codesInDocs();
  it.each([...codesInSource()])(
    "of %s each have a section in the reference, and no other has",
    (name, codes) => {
      expect([...new Set(docs.get(name) ?? [])].sort()).toEqual([...new Set(codes)].sort());
    },
  );

  it("of warnings that the executor gives each have a section in the reference", () => {
    const source = readFileSync("packages/executor/src/run-event.ts", "utf8");
    const union = /export type RunWarningCode =([\s\S]*?);/.exec(source)?.[1] ?? "";
    const codes = [...union.matchAll(/"([A-Z_]+)"/g)].map(([, code = ""]) => code);
    expect(codes).toContain("SAVE_FAILED");
    // The codes of a notebook's problems are a union of their own, with a chapter of their own.
    expect([...(docs.get("Warnings of a run") ?? [])].sort()).toEqual(codes.sort());
  });

  it("of problems of workflows each have a section in the reference", () => {
    const source = readFileSync("packages/schedules/src/workflows/read-workflow.ts", "utf8");
    const union = /export type WorkflowProblemCode =([\s\S]*?);/.exec(source)?.[1] ?? "";
    const codes = [...union.matchAll(/"([A-Z_]+)"/g)].map(([, code = ""]) => code);
    expect(codes).toContain("DEPENDENCY_CYCLE");
    expect([...(docs.get("Problems of workflows") ?? [])].sort()).toEqual(codes.sort());
  });
});
