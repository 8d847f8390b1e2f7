import { describe, expect, it } from "vitest";
import { idByPart } from "./id-by-part.ts";

const IDS = [
  "0197f2a4-1111-7aaa-8aaa-aaaaaaaaaaaa",
  "0197f2a4-2222-7bbb-8bbb-bbbbbbbbbbbb",
  "0197f2b0-0000-7ccc-8ccc-cccccccccccc",
  "ffffffff-ffff-7fff-bfff-fffffffffff0",
  "0197f2b1-0000-7ddd-8ddd-dddd0197f2b2",
  "0197f2b2-0000-7eee-8eee-eeee0197f2b2",
];

/** What an id, or its beginning, comes to on a server with these runs. */
async function check(given: string): Promise<string> {
  return idByPart(given, {
    what: "run",
    listedBy: "notemill runs list",
    async list({ limit, ...page }) {
      const below = IDS.filter((id) =>
        "before" in page ? id < page.before : id.endsWith(page.id_end),
      ).sort();
      return below
        .reverse()
        .slice(0, limit)
        .map((id) => ({ id }));
    },
  }).catch((error: Error) => error.message);
}

describe("the id of a run", () => {
  it.each([
    ["whole", IDS[0], IDS[0]],
    [
      "whole, of no run that there is",
      "0197f2a4-1111-7aaa-8aaa-00000000000a",
      "0197f2a4-1111-7aaa-8aaa-00000000000a",
    ],
    ["in capitals", IDS[0]?.toUpperCase(), IDS[0]],
    ["by its beginning", "0197f2b0", IDS[2]],
    ["by a beginning with a dash", "0197f2a4-22", IDS[1]],
    ["by a beginning that ends in a dash", "0197f2a4-2222-", IDS[1]],
    ["by a beginning without dashes", "0197f2a422227", IDS[1]],
    ["by all of it but the last digit", IDS[1]?.slice(0, -1), IDS[1]],
    ["by its end", "cccccccc", IDS[2]],
    ["by its end in capitals", "CCCCCCCCCCCC", IDS[2]],
    ["by its end, where others begin so", "fffffffffff0", IDS[3]],
    ["that is the last that there can be", "ffffff", IDS[3]],
  ])("may be given %s", async (_how, given, id) => {
    expect(await check(given ?? "")).toBe(id);
  });

  it.each([
    [
      "",
      '"" is no id of a run: give the whole of it, its beginning of at least 6 digits, or its end of 8 to 12; notemill runs list shows them',
    ],
    [
      "0197f",
      '"0197f" is no id of a run: give the whole of it, its beginning of at least 6 digits, or its end of 8 to 12; notemill runs list shows them',
    ],
    [
      "report",
      '"report" is no id of a run: give the whole of it, its beginning of at least 6 digits, or its end of 8 to 12; notemill runs list shows them',
    ],
    [
      "0197-f2a4",
      '"0197-f2a4" is no id of a run: give the whole of it, its beginning of at least 6 digits, or its end of 8 to 12; notemill runs list shows them',
    ],
    ["0197f2a4-2222-7bbb-8bbb-bbbbbbbbbbbb0", expect.stringContaining("is no id of a run")],
    ["0197f2a5", 'no run has an id that begins or ends with "0197f2a5"; notemill runs list shows them'],
    ["0197f2a422229", 'no run has an id that begins with "0197f2a4-2222-9"; notemill runs list shows them'],
    [
      "0197f2a4",
      `several runs have an id that begins or ends with "0197f2a4", such as ${IDS[1]} and ${IDS[0]}; give more of it`,
    ],
    [
      "0197f2b2",
      `several runs have an id that begins or ends with "0197f2b2", such as ${IDS[5]} and ${IDS[4]}; give more of it`,
    ],
    ["d0197f2b3", 'no run has an id that begins or ends with "d0197f2b3"; notemill runs list shows them'],
    ["ccccccc", 'no run has an id that begins with "ccccccc"; notemill runs list shows them'],
  ])("is not %j", async (given, message) => {
    expect(await check(given)).toEqual(message);
  });
});
