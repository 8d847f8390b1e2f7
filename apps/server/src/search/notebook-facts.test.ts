import { readNotebook } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { notebookFacts } from "./notebook-facts.ts";

function facts(cells: readonly (readonly [type: string, source: string])[], metadata: object = {}): object {
  const document = {
    cells: cells.map(([type, source], index) => ({
      cell_type: type,
      id: `c${index}`,
      metadata: {},
      source,
      ...(type === "code" ? { outputs: [], execution_count: null } : {}),
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return notebookFacts(readNotebook(JSON.stringify(document), { newId: () => "new" }).notebook);
}

it("reads what is written where nothing is said", () => {
  const cells = [
    ["markdown", "![logo](a.png)\n\n# The **big** [one](x)\n\nIt _grows_.\nStill."],
    ["code", "x = 1"],
  ] as const;
  expect(facts(cells)).toEqual({
    title: "The big one",
    authors: [],
    tags: [],
    excerpt: "It grows. Still.",
    text: `\n${cells[0][1]}\nx = 1`,
  });
});

it("takes what the notebook says of itself", () => {
  const metadata = {
    title: "T",
    description: "D",
    authors: [{ name: "Ada" }, "Bo", 3],
    tags: ["a"],
    keywords: ["b"],
  };
  expect(facts([["markdown", "# Other"]], metadata)).toEqual({
    title: "T",
    authors: ["Ada", "Bo"],
    tags: ["a", "b"],
    excerpt: "D",
    text: "D\n# Other",
  });
  expect(facts([], { title: 3, authors: "Ada" })).toMatchObject({ title: "", authors: [] });
});

it("leaves out what no database takes and nobody sees", () => {
  const metadata = {
    title: "a\u0000 b\u001b[1m",
    description: "c\u0000\td",
    authors: ["Ad\u0000a", "\u0000"],
    tags: ["\u0007e"],
  };
  expect(facts([], metadata)).toMatchObject({
    title: "a b[1m",
    excerpt: "c d",
    authors: ["Ada"],
    tags: ["e"],
  });
});

it.each(["[", "[a](", "!["])("ends on a million characters of %j", (sign) => {
  const long = sign.repeat(1_000_000 / sign.length);
  const beginning = long.slice(0, 240);
  expect(facts([], { title: long, description: long })).toMatchObject({
    title: beginning,
    excerpt: beginning,
  });
  // What begins with a picture is no paragraph.
  expect(facts([["markdown", `# ${long}\n\n${long}`]])).toMatchObject({
    title: beginning,
    excerpt: sign === "![" ? "" : beginning,
  });
});
