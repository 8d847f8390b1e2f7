import { expect, it } from "vitest";
import { type BodyLook, type BodyProgress, lookAtBody } from "./slow-bodies.ts";

const WHOLE_MS = 300;
const STILL = { isFile: false, isServerSlow: false };

/** Looks at a body that began at 0 at these instants; gives what became of it. */
function check(looks: readonly (Partial<BodyLook> & Pick<BodyLook, "now" | "bytes">)[]): string {
  let progress: BodyProgress | null = { startedAt: 0, still: 0, bytes: 0 };
  for (const look of looks) {
    progress = lookAtBody(progress, { ...STILL, ...look }, WHOLE_MS);
    if (progress === null) return `cut at ${look.now}`;
  }
  return "goes on";
}

const every = (ms: number, until: number, bytes: number, more: Partial<BodyLook> = {}) =>
  Array.from({ length: until / ms }, (_, index) => ({
    now: (index + 1) * ms,
    bytes: (index + 1) * bytes,
    ...more,
  }));
/** Looks behind that at 15 which find no more. */
const still = (bytes: number, more: Partial<BodyLook> = {}) =>
  [30, 45, 60, 75].map((now) => ({ now, bytes, ...more }));
const FILE = { isFile: true };

it.each([
  ["a body that comes", every(15, 285, 1000), "goes on"],
  ["a body of which nothing comes", every(15, 285, 0), "cut at 60"],
  ["a body of which nothing comes any longer", [{ now: 15, bytes: 9 }, ...still(9)], "cut at 75"],
  ["a body that comes after each third look", every(45, 270, 1), "goes on"],
  ["a body that comes byte by byte", every(15, 600, 1), "cut at 300"],
  ["a file that comes slowly, and for long", every(15, 6000, 8192, FILE), "goes on"],
  ["a file that comes byte by byte", every(15, 600, 1, FILE), "cut at 60"],
  [
    "a file of which nothing comes any longer",
    [{ now: 15, bytes: 2 ** 30, ...FILE }, ...still(2 ** 30, FILE)],
    "cut at 75",
  ],
  ["what the server has not taken yet", every(15, 600, 0, { isServerSlow: true }), "goes on"],
  ["a file that the server has not taken yet", every(15, 600, 0, { ...FILE, isServerSlow: true }), "goes on"],
  [
    "a body of which nothing is seen in one late look of a busy server",
    [
      { now: 15, bytes: 9 },
      { now: 200, bytes: 9 },
    ],
    "goes on",
  ],
])("%s", (_what, looks, outcome) => {
  expect(check(looks)).toBe(outcome);
});
