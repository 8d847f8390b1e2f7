import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeKernelBed } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
import { killOwner } from "./kill-owner.ts";

let bed: KernelBed;
beforeEach(() => {
  bed = makeKernelBed();
});
afterEach(async () => {
  // A process that was killed may still be giving its memory back.
  await expect.poll(() => bed.remains()).toEqual([]);
  bed.remove();
});

describe("a kernel whose owner is killed", () => {
  it.each(["bash", "ir"])("ends with all its children at once (%s)", (name) => killOwner(bed, name));
});
