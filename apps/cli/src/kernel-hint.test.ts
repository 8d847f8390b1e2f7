import { findKernelspec } from "@notemill/kernel";
import { describe, expect, it } from "vitest";
import { KernelError } from "@notemill/kernel";
import { kernelHint } from "./kernel-hint.ts";

/** What is added to the error about a kernel of this name, where `python3` and `ir` are installed. */
function hintFor(name: string): string {
  const spec = {
    argv: [],
    displayName: "",
    env: {},
    interruptMode: "signal",
    language: "",
    metadata: {},
    resourceDir: "",
  };
  const installed = ["python3", "ir"].map((it) => ({ ...spec, name: it })) as unknown as Parameters<
    typeof findKernelspec
  >[0];
  try {
    findKernelspec(installed, name);
  } catch (error) {
    if (error instanceof KernelError) return kernelHint(error);
  }
  return "found";
}

describe("kernelHint", () => {
  it.each([
    ["pyhton3", "; did you mean python3?"],
    ["Pythn3", "; did you mean python3?"],
    ["python4", "; did you mean python3?"],
    [
      "my-venv",
      "; run it in another with --kernel python3, or make the environment that is meant known, with its own python: python -m ipykernel install --user --name my-venv",
    ],
    ["p".repeat(1_000_000), expect.stringMatching(/--name NAME$/)],
    ["a; b", expect.stringMatching(/--name NAME$/)],
    ["python3", "found"],
  ])("adds to the error about %j", (name, expected) => {
    expect(hintFor(name)).toEqual(expected);
  });

  it("adds nothing to another error", () => {
    expect(kernelHint(new KernelError("KERNEL_DIED", "gone"))).toBe("");
  });
});
