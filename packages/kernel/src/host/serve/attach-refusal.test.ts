import { describe, expect, it } from "vitest";
import { attachRefusal } from "./attach-refusal.ts";

const free = { fence: 5, isAttached: false, isEnding: false };
const driven = { fence: 5, isAttached: true, isEnding: false };

describe("attachRefusal", () => {
  it.each([
    ["whoever comes first", { takeOver: false, fence: null }, free],
    ["whoever takes over", { takeOver: true, fence: null }, driven],
    ["a newer claim, whoever is attached", { takeOver: false, fence: 6 }, driven],
    ["the latest claim again", { takeOver: false, fence: 5 }, free],
  ])("lets in %s", (_who, request, state) => {
    expect(attachRefusal({ type: "attach", version: 1, ...request }, state, "x")).toBeNull();
  });

  it.each([
    ["a second driver", { takeOver: false, fence: null }, driven, "KERNEL_HOST_ATTACHED"],
    ["the same claim twice", { takeOver: false, fence: 5 }, driven, "KERNEL_HOST_ATTACHED"],
    ["a late claim", { takeOver: false, fence: 4 }, free, "KERNEL_HOST_FENCED"],
    ["a late claim that would take over", { takeOver: true, fence: 4 }, driven, "KERNEL_HOST_FENCED"],
    [
      "anybody at the end",
      { takeOver: true, fence: 9 },
      { ...free, isEnding: true },
      "KERNEL_HOST_NOT_FOUND",
    ],
  ])("refuses %s", (_who, request, state, code) => {
    expect(attachRefusal({ type: "attach", version: 1, ...request }, state, "x")).toMatchObject({ code });
  });
});
