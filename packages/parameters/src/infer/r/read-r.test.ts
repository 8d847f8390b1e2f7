import { describe, expect, it } from "vitest";

import { showInferred } from "../../../test/show-declarations.ts";

describe("readR", () => {
  it.each([
    ["x <- 1", "x | None | 1 | 1 |"],
    ["x = 1.5  # type: numeric how steep", "x | numeric | 1.5 | 1.5 | how steep"],
    ["x <<- 5L", "x | None | 5L | 5 |"],
    ["x <- -2e-3", "x | None | -2e-3 | -0.002 |"],
    ["x <- 0xFF; y <- 2 # two", "x | None | 0xFF | 255 |\ny | None | 2 | 2 | two"],
    ["a.b <- TRUE", "a.b | None | TRUE | true |"],
    ["x <- NULL", "x | None | NULL | null |"],
    ["x <- c(1, 2, -Inf)", "x | None | c(1, 2, -Inf) | [1,2,-Infinity] |"],
    ['x <- list(a = 1, "b c" = list())', 'x | None | list(a = 1, "b c" = list()) | {"a":1,"b c":[]} |'],
    ["x <- c(1, b = 2)", "x | None | c(1, b = 2) | computed |"],
    ["x <- 'it\\'s' # it's", "x | None | 'it\\'s' | \"it's\" | it's"],
    ['x <- "\\u00e9\\U{1F600}\\101\\n"', 'x | None | "\\u00e9\\U{1F600}\\101\\n" | "é😀A\\n" |'],
    ['x <- "\\xe9"', 'x | None | "\\xe9" | computed |'],
    ['x <- r"--(a\\b)")--" # raw', 'x | None | r"--(a\\b)")--" | "a\\\\b)\\"" | raw'],
    ["x <- c(\n  1, # one\n  2\n) # two", "x | None | c(1,2) | [1,2] | two"],
    ["x <- 1 +\n  2", "x | None | 1 +2 | computed |"],
    ["x <- paste('a')", "x | None | paste('a') | computed |"],
    ["x <- 2i", "x | None | 2i | computed |"],
    ["x <- NA", "x | None | NA | computed |"],
  ])("reads %j", (source, expected) => {
    expect(showInferred("R", source)).toBe(expected);
  });

  it.each([
    "f <- 1 -> y".slice(7),
    "x$y <- 1",
    "x[1] <- 2",
    "if (a) x <- 1",
    "f(x = 1)",
    "# x <- 1",
    "library(y)",
    '"x" <- 1',
  ])("leaves %j out", (source) => {
    expect(showInferred("R", source)).toBe("");
  });
});
