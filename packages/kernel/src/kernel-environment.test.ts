import { describe, expect, it } from "vitest";
import { kernelEnvironment } from "./kernel-environment.ts";

describe("kernelEnvironment", () => {
  it.each([
    ["plain", "plain"],
    ["${HOME}/lib:$HOME", "/h/lib:/h"],
    ["${MISSING} $MISSING", "${MISSING} $MISSING"],
    ["$$HOME", "$HOME"],
    ["1 $ 2 ${", "1 $ 2 ${"],
  ])("fills in a kernelspec's %j", (value, expected) => {
    expect(kernelEnvironment({ HOME: "/h" }, { X: value }, "id")["X"]).toBe(expected);
  });

  it("has the caller's variables, the kernelspec's over them, and nothing but two of its own", () => {
    expect(kernelEnvironment({ A: "1", B: "1" }, { B: "2" }, "id")).toEqual({
      A: "1",
      B: "2",
      JPY_PARENT_PID: String(process.pid),
      NOTEMILL_KERNEL_ID: "id",
    });
  });
});
