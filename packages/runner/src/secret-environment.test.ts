import { describe, expect, it } from "vitest";
import { secretEnvironment } from "./secret-environment.ts";

describe("secretEnvironment", () => {
  it("names a variable for each secret, and says which parameters read it", () => {
    const parameters = new Map<string, never>(
      Object.entries({
        a: { secret: "one" },
        b: { secret: "one" },
        c: { secret: "two", more: 1 },
        d: [{ secret: "three" }],
      }) as [string, never][],
    );
    expect(secretEnvironment(parameters, [{ name: "one", text: "t" }])).toEqual({
      environmentParameters: new Map([
        ["a", "NOTEMILL_SECRET_one"],
        ["b", "NOTEMILL_SECRET_one"],
      ]),
      variables: { NOTEMILL_SECRET_one: "t" },
    });
  });

  it("refuses a secret that the server has not given", () => {
    expect(() => secretEnvironment(new Map([["p", { secret: "gone" }]]), [])).toThrow(
      expect.objectContaining({ code: "SECRET_NOT_AVAILABLE", details: { name: "gone", parameter: "p" } }),
    );
  });
});
