import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

/** More than a server takes in one request. */
const LARGE = "raise ValueError('begin' + 'x' * 70_000_000 + 'end')";

describe("an exception that holds far too much", () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  it("fails its run as any other, in a kept kernel too, and is told as far as it fits", async () => {
    const { client } = platform;
    await writeNotebook(join(SHARED_DIRECTORY, "home", "large.ipynb"), [LARGE]);
    const { id } = await client.submitRun({ path: "~/large.ipynb", keep_kernel_ms: 600_000 });
    expect(statuses(await follow(client, id))).toBe("queued starting running failed");
    const { failure } = await client.getRun(id);
    expect(failure).toMatchObject({ code: "CELL_FAILED", ename: "ValueError" });
    expect(failure?.evalue).toMatch(/^beginx+ … [\d,]+ characters … x+end$/);
    expect(JSON.stringify(failure).length).toBeLessThan(100_000);

    const shown = "from IPython.display import display\nfor n in range(90):\n";
    const code = `${shown}    display({'text/plain': f'{n} ' + 'y' * 900_000}, raw=True)\n${LARGE}`;
    const numbers: number[] = [];
    let message: string | null = null;
    for await (const event of client.executeCode(id, code)) {
      if (event.type === "result") ({ message } = event.result);
      else numbers.push(Number(/"text\/plain":"(\d+) /.exec(event.output)?.[1] ?? -1));
    }
    // The last one is that the exception itself is too long to be shown.
    expect(numbers).toEqual([...Array.from({ length: 90 }, (_, n) => n), -1]);
    expect(message).toMatch(/^ValueError: beginx+ … [\d,]+ characters … x+end$/);
    await client.endKernel(id);
  });
});
