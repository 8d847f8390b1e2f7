import type { TableFilters } from "@notemill/api";

/** Reads what somebody has typed above columns: `> 10`, `< 10`, `= x`, and text that a value has in it. */
export function readFilters(typed: Readonly<Record<string, string>>): TableFilters {
  return Object.entries(typed).flatMap(([column, text]) => {
    const [, sign = "", value = ""] = /^\s*([<>=]?)\s*(.*?)\s*$/.exec(text) ?? [];
    return value === "" ? [] : [{ column, is: MEANINGS[sign] ?? "contains", value }];
  });
}

const MEANINGS: Readonly<Record<string, TableFilters[number]["is"]>> = {
  ">": "above",
  "<": "below",
  "=": "equals",
};
