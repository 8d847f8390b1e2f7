import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostBed } from "./host-bed.ts";
import { makeHostBed } from "./host-bed.ts";
import { printed } from "./read-lines.ts";

const CLI = {
  bundled: fileURLToPath(new URL("../../../../apps/cli/dist/bin/notemill.js", import.meta.url)),
  source: fileURLToPath(new URL("../../../../apps/cli/src/main.ts", import.meta.url)),
};

let bed: HostBed;

beforeEach(async () => {
  bed = await makeHostBed();
});

afterEach(() => bed.close());

describe("a kernel host", () => {
  it.each([
    ["the bundled command", [CLI.bundled, "__kernel-host"]],
    ["the command's source", ["--conditions=@notemill/source", CLI.source, "__kernel-host"]],
  ])("can be %s", async (_what, words) => {
    const kernel = await bed.start({ hostCommand: [process.execPath, ...words] });
    expect(await printed(kernel.execute("print(1)"))).toBe("1\n");
    await kernel.shutdown();
    expect(bed.warnings).toEqual([]);
  });
});
