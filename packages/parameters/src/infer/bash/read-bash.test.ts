import { describe, expect, it } from "vitest";

import { showInferred } from "../../../test/show-declarations.ts";

describe("readBash", () => {
  it.each([
    ["x=1", "x | None | 1 | 1 |"],
    ["x=-1.5 # how steep", "x | None | -1.5 | -1.5 | how steep"],
    ["x=", 'x | None |  | "" |'],
    ["x='it'\"'\"'s' # type: string it's", "x | string | 'it'\"'\"'s' | \"it's\" | it's"],
    ['x="a \\"b\\" \\$c \\d"', 'x | None | "a \\"b\\" \\$c \\d" | "a \\"b\\" $c \\\\d" |'],
    ["x=$'a\\nb\\x41\\101\\''", "x | None | $'a\\nb\\x41\\101\\'' | \"a\\nbAA'\" |"],
    ["x='1'", "x | None | '1' | \"1\" |"],
    ["x=true; # on", "x | None | true | true | on"],
    ["export x=a/b.c", 'x | None | a/b.c | "a/b.c" |'],
    ["declare -r -i x=5", "x | None | 5 | 5 |"],
    ["x=${x:-0.6}", "x | None | ${x:-0.6} | 0.6 |"],
    ["x=$(date)", "x | None | $(date) | computed |"],
    ['x="$HOME/a"', 'x | None | "$HOME/a" | computed |'],
    ["x=~/a", "x | None | ~/a | computed |"],
    ["x=*.csv", "x | None | *.csv | computed |"],
    ["x=a\\ b#c", 'x | None | a\\ b#c | "a b#c" |'],
    ["x=(1 'two words' three)", 'x | None | (1 \'two words\' three) | [1,"two words","three"] |'],
    ["x=(1 # one\n  $y)", "x | None | (1 # one\n  $y) | computed |"],
    ["x='a\nb'\ny=2", "x | None | 'a\nb' | \"a\\nb\" |\ny | None | 2 | 2 |"],
    ["x=1\r\ny=2\r\n", "x | None | 1 | 1 |\ny | None | 2 | 2 |"],
    ["x=1_0", 'x | None | 1_0 | "1_0" |'],
    ["x=0x10", 'x | None | 0x10 | "0x10" |'],
    ["x=1e400", 'x | None | 1e400 | "1e400" |'],
    ["x=2.5e-3", "x | None | 2.5e-3 | 0.0025 |"],
    ["x=007", 'x | None | 007 | "007" |'],
  ])("reads %j", (source, expected) => {
    expect(showInferred("bash", source)).toBe(expected);
  });

  it.each([
    "x=1 command",
    "x = 1",
    "  x=1",
    "echo x=1",
    "# x=1",
    "x+=1",
    "x[0]=1",
    "x='open",
    "x=(open",
    "if [ x=1 ]; then",
  ])("leaves %j out", (source) => {
    expect(showInferred("bash", source)).toBe("");
  });
});
