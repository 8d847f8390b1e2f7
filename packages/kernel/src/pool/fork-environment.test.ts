import { describe, expect, it } from "vitest";
import { forkEnvironment } from "./fork-environment.ts";

describe("forkEnvironment", () => {
  it.each([
    [
      "is what was asked for",
      { TOKEN: "t", HOME: "/h" },
      { HOME: "/h" },
      { HOME: "/h" },
      { TOKEN: "t", HOME: "/h" },
    ],
    ["leaves out what is not set", { A: undefined, B: "b" }, {}, {}, { B: "b" }],
    [
      "takes what the interpreter adds",
      { TOKEN: "t" },
      {},
      { LC_CTYPE: "C.UTF-8" },
      { TOKEN: "t", LC_CTYPE: "C.UTF-8" },
    ],
    ["prefers what was asked for to a default", { TERM: "xterm" }, {}, { TERM: "dumb" }, { TERM: "xterm" }],
    [
      "takes what the interpreter changes",
      { LC_ALL: "C" },
      { LC_ALL: "C" },
      { LC_ALL: "C.UTF-8" },
      { LC_ALL: "C.UTF-8" },
    ],
    ["lacks what the interpreter removes", { PYTHONX: "1" }, { PYTHONX: "1" }, {}, {}],
  ])("%s", (_what, requested, given, found, expected) => {
    expect(forkEnvironment(requested, given, found)).toEqual(expected);
  });
});
