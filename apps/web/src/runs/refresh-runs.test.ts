import type { ListedRun, RunPage } from "@notemill/api";
import { describe, expect, it } from "vitest";
import { refreshRuns } from "./refresh-runs.ts";

const SIZE = 50;
const CHANGING = { reads: "what-changes" } as const;

/** Runs by the numbers in their ids; those below zero are under way. */
class List {
  requests = 0;
  numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  read = async (before: string | null): Promise<RunPage> => {
    this.requests += 1;
    const ordered = this.numbers.map(runOf).sort((a, b) => (a.id < b.id ? 1 : -1));
    const rest = before === null ? ordered : ordered.filter(({ id }) => id < before);
    const runs = rest.slice(0, SIZE);
    return { runs, next: rest.length > SIZE ? (runs.at(-1)?.id ?? null) : null };
  };

  async pages(count: number): Promise<readonly RunPage[]> {
    const pages = [await this.read(null)];
    while (pages.length < count) pages.push(await this.read(pages.at(-1)?.next ?? null));
    this.requests = 0;
    return pages;
  }
}

function runOf(number: number): ListedRun {
  const id = String(Math.abs(number)).padStart(8, "0");
  return { id, status: number < 0 ? "running" : "succeeded" } as ListedRun;
}

function numbersOf(pages: readonly RunPage[]): readonly number[] {
  return pages.flatMap(({ runs }) => runs.map(({ id }) => Number(id)));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}

describe("refreshRuns", () => {
  it("asks for the newest runs only where all are over", async () => {
    const list = new List(upTo(1000));
    const pages = await list.pages(5);
    expect(await refreshRuns(pages, list.read, CHANGING)).toEqual(pages);
    expect(list.requests).toBe(1);
  });

  it("puts new runs before the others, none lost and none twice", async () => {
    const list = new List(upTo(1000));
    let pages = await list.pages(3);
    for (let count = 1007; count < 1200; count += 7) {
      list.numbers = upTo(count);
      pages = await refreshRuns(pages, list.read, CHANGING);
      expect(numbersOf(pages)).toEqual(upTo(count).slice(850).reverse());
    }
    expect(pages.length).toBeLessThan(12);
    expect(pages.at(-1)?.next).toBe("00000851");
  });

  it("reads a page with a run that is under way again, and no other", async () => {
    const list = new List([...upTo(880), -881, ...upTo(1000).slice(881)]);
    const pages = await list.pages(4);
    list.numbers = upTo(1000);
    const fresh = await refreshRuns(pages, list.read, CHANGING);
    expect(list.requests).toBe(2);
    expect(fresh.flatMap(({ runs }) => runs).every(({ status }) => status === "succeeded")).toBe(true);
    expect(numbersOf(fresh)).toEqual(upTo(1000).slice(800).reverse());
  });

  it("finds runs of any age that have come into the list, where it reads all", async () => {
    const old = upTo(400).filter((number) => number !== 220);
    const list = new List(old);
    const pages = await list.pages(5);
    list.numbers = upTo(400);
    const fresh = await refreshRuns(pages, list.read, { reads: "all" });
    expect(numbersOf(fresh)).toEqual(upTo(400).slice(149).reverse());
  });

  it("begins anew where too many are new, and grows from nothing", async () => {
    const list = new List(upTo(100));
    const pages = await list.pages(2);
    list.numbers = upTo(1000);
    expect(numbersOf(await refreshRuns(pages, list.read, CHANGING))).toEqual(upTo(1000).slice(950).reverse());
    const empty = new List([]);
    const none = await empty.pages(1);
    empty.numbers = upTo(60);
    const some = await refreshRuns(none, empty.read, CHANGING);
    expect([numbersOf(some), some.at(-1)?.next]).toEqual([upTo(60).slice(10).reverse(), "00000011"]);
  });
});
