import { expect, it } from "vitest";
import { findShortcut, type KeyPress } from "./shortcut-keys.ts";

const SHORTCUTS = [["g", "f"], ["?"], ["Mod+k"]];

/** Presses as `g@0 f@900`. */
function presses(text: string): KeyPress[] {
  return text.split(" ").map((press) => {
    const [name = "", at = "0"] = press.split("@");
    return { key: name.replace("Mod+", ""), isWithControl: name.startsWith("Mod+"), at: Number(at) };
  });
}

it.each([
  ["g@0 f@900", 0],
  ["x@0 g@100 f@900", 0],
  ["g@0 f@1600", -1],
  ["g@0 x@100 f@200", -1],
  ["f@0", -1],
  ["?@0", 1],
  ["Mod+K@0", 2],
  ["k@0", -1],
  ["Mod+?@0", -1],
])("takes %s for shortcut %d", (text, expected) => {
  expect(findShortcut(SHORTCUTS, presses(text))).toBe(expected);
});
