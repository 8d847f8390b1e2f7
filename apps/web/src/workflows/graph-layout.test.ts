import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GraphStep, layOutGraph } from "./graph-layout.ts";

/** `c<a,b` is a step that waits for two others. */
function steps(text: string): readonly GraphStep[] {
  return text.split(" ").map((part) => {
    const [key = "", list = ""] = part.split("<");
    return { key, dependsOn: list === "" ? [] : list.split(",") };
  });
}

function places(text: string): string {
  return layOutGraph(steps(text))
    .steps.map(({ key, depth, place }) => `${key}@${depth}:${place}`)
    .join(" ");
}

describe("layOutGraph", () => {
  it.each([
    ["one step", "a", "a@0:0"],
    ["a row", "a b<a c<b", "a@0:0 b@1:0 c@2:0"],
    ["a step behind all that it waits for", "a b<a c<a,b", "a@0:0.125 b@1:0 c@2:0.125"],
    [
      "a lane past two steps, which is one for two that follow",
      "a b<a c<b d<a,c e<a,c",
      "a@0:0.5 b@1:0.375 c@2:0.375 d@3:0 e@3:1",
    ],
    ["branches around the middle", "a b<a c<a d<b,c", "a@0:0.5 b@1:0 c@1:1 d@2:0.5"],
    ["steps near those that they wait for", "a b c<b d<a", "a@0:0 b@0:1 d@1:0 c@1:1"],
    ["a step that waits for one that is not there", "a<x", "a@0:0"],
  ])("places %s", (_what, text, expected) => {
    expect(places(text)).toBe(expected);
  });

  it("leads past the steps between two, beside them", () => {
    const { edges } = layOutGraph(steps("a b<a c<b d<a,c"));
    expect(edges.map(({ from, to, through }) => [from + to, through])).toEqual([
      ["ab", []],
      ["bc", []],
      [
        "ad",
        [
          { depth: 1, place: 1.125 },
          { depth: 2, place: 1.125 },
        ],
      ],
      ["cd", []],
    ]);
  });

  it("has no lanes where they were more than can be followed", () => {
    const chain = Array.from({ length: 60 }, (_step, at) => ({
      key: `s${at}`,
      dependsOn: Array.from({ length: at }, (_before, it) => `s${it}`),
    }));
    const { edges, breadth } = layOutGraph(chain);
    expect([edges.some(({ through }) => through.length > 0), breadth]).toEqual([false, 1]);
  });

  it("puts every step behind what it waits for, and no two at one place", () => {
    const graph = fc
      .array(fc.array(fc.nat(19), { maxLength: 3 }), { minLength: 1, maxLength: 20 })
      .map((lists) =>
        lists.map((list, at) => ({
          key: `s${at}`,
          dependsOn: [...new Set(list.filter((it) => it < at))].map((it) => `s${it}`),
        })),
      );
    fc.assert(
      fc.property(graph, (given) => {
        const { steps: placed, edges, depth, breadth } = layOutGraph(given);
        const byKey = new Map(placed.map((it) => [it.key, it]));
        expect(byKey.size).toBe(given.length);
        expect(new Set(placed.map((it) => `${it.depth} ${it.place}`)).size).toBe(given.length);
        for (const { from, to, through } of edges) {
          const [first, last] = [byKey.get(from)?.depth ?? 0, byKey.get(to)?.depth ?? 0];
          expect(first).toBeLessThan(last);
          expect(through.map((it) => it.depth)).toEqual(range(first + 1, last));
          // A lane goes through no step.
          for (const lane of through)
            for (const it of placed)
              if (it.depth === lane.depth) expect(Math.abs(it.place + 0.5 - lane.place)).toBeGreaterThan(0.5);
        }
        for (const it of placed) {
          expect(it.depth).toBeLessThan(depth);
          expect(it.place).toBeLessThanOrEqual(breadth - 1);
        }
      }),
    );
  });

  it("ends for steps that wait for each other", () => {
    expect(layOutGraph(steps("a<b b<a")).steps).toHaveLength(2);
  });
});

function range(first: number, end: number): readonly number[] {
  return Array.from({ length: end - first }, (_number, at) => first + at);
}
