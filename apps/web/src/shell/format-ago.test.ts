import { expect, it } from "vitest";
import { formatAgo } from "./format-ago.ts";

const NOW = new Date("2026-11-23T12:00:00Z");

it.each([
  ["2026-11-23T12:00:05Z", "just now"],
  ["2026-11-23T11:59:01Z", "just now"],
  ["2026-11-23T11:58:59Z", "1 min ago"],
  ["2026-11-23T09:30:00Z", "2 h ago"],
  ["2026-11-22T11:00:00Z", "1 day ago"],
  ["2026-11-17T11:00:00Z", "6 days ago"],
  ["2026-03-05T12:00:00Z", "5 Mar 2026"],
])("writes when %s was", (time, text) => {
  expect(formatAgo(new Date(time), NOW)).toBe(text);
});
