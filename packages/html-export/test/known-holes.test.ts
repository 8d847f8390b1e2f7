import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OTHERS, TELLING } from "./hostile-names.ts";
import { FIXTURES } from "./read-fixture.ts";

/** Holes that other viewers of notebooks, and sanitisers, have had, and the notebook that tries the like here. */
const HOLES: Readonly<Record<string, string>> = {
  "CVE-2026-42557": "command-linker",
  "GHSA-fcw5-x6j4-ccmp": "scripts-in-exports",
  "GHSA-gx64-gj6p-pc4c": "svg-active",
  "GHSA-pppj-hq3g-57pj": "svg-active",
  "javascript: addresses": "link-schemes",
  "CVE-2024-43805": "dom-clobbering",
  "GHSA-4952-p58q-6crx": "forms",
  "CVE-2025-15599": "sanitiser-bypasses",
  "CVE-2026-0540": "sanitiser-bypasses",
  "CVE-2026-41610": "runs-on-open",
  "CVE-2026-41611": "runs-on-open",
  "CVE-2023-21779": "runs-on-open",
  "CVE-2016-6524": "runs-on-open",
  "CVE-2026-35397": "names-and-paths",
  "CVE-2014-3429": "sockets-and-loads",
  "CVE-2024-28179": "sockets-and-loads",
  "notebookjs#58": "text-as-html",
};

/** What a notebook says of itself. */
function reasonOf(name: string): unknown {
  const { metadata } = JSON.parse(readFileSync(`${FIXTURES}hostile/${name}`, "utf8")) as {
    readonly metadata: { readonly hostile?: unknown };
  };
  return metadata.hostile;
}

describe("hostile notebooks", () => {
  it.each(Object.entries(HOLES))("try %s", (hole, name) => {
    expect(reasonOf(`${name}.ipynb`)).toContain(hole);
  });

  it.each([...TELLING, ...OTHERS])("%s says what it tries", (name) => {
    expect(reasonOf(name)).toEqual(expect.stringMatching(/^\S.{10,}/));
  });
});
