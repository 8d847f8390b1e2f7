import type { SweepChild } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonObject, parseJson, RawJson } from "@notemill/json";

/** What a sweep was asked for, as a form has it. A plain value. */
export interface SweepGrid {
  /** Values that are the same for all runs. */
  readonly shared: RawJson;
  /** Lists of values by name. */
  readonly grid: RawJson;
  readonly mode: "product" | "zip";
}

/** The sets of parameters of a sweep, one by one, as a grid that makes the same runs. */
export function setsOf(children: readonly SweepChild[]): RawJson {
  return new RawJson(`[${children.map(({ parameters }) => parameters.text).join(",")}]`);
}

/**
 * Finds the lists that the runs of a sweep are made of: every value with every other where that makes as many runs, else
 * the first of each, then the second.
 *
 * @returns Null where some runs have names that others have not, which no lists make.
 */
export function gridOf(children: readonly SweepChild[]): SweepGrid | null {
  const sets = children.map(({ parameters }) => objectOf(parameters.text));
  const names = Object.keys(sets[0] ?? {});
  if (sets.some((set) => Object.keys(set).toSorted().join("\0") !== names.toSorted().join("\0"))) return null;
  const columns = names.map((name) => {
    const texts = sets.map((set) => encodeJson(set[name] ?? null));
    return { name, texts, distinct: [...new Set(texts)] };
  });
  const varied = columns.filter(({ distinct }) => distinct.length > 1);
  const product = varied.reduce((count, { distinct }) => count * distinct.length, 1);
  const points = new Set(sets.map((_, at) => varied.map(({ texts }) => texts[at]).join("\0")));
  const isProduct = product === sets.length && points.size === product;
  const lists = varied.map(({ name, texts, distinct }) => [
    name,
    `[${(isProduct ? distinct : texts).join()}]`,
  ]);
  const shared = columns.filter(({ distinct }) => distinct.length === 1);
  return {
    shared: rawObject(shared.map(({ name, distinct }) => [name, distinct[0] ?? "null"])),
    grid: rawObject(lists),
    mode: isProduct ? "product" : "zip",
  };
}

function rawObject(entries: readonly (readonly string[])[]): RawJson {
  return new RawJson(`{${entries.map(([name = "", text = ""]) => `${encodeJson(name)}:${text}`).join()}}`);
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  return isJsonObject(value) ? value : {};
}
