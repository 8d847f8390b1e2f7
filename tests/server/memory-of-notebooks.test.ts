import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await claimSharedPlatform();
});
afterAll(releaseSharedPlatform);

it("the status says what the runs of one notebook took, and not those of others", async () => {
  const { client } = platform;
  for (const name of ["small-one.ipynb", "small-two.ipynb"]) {
    await writeNotebook(join(SHARED_DIRECTORY, "home", name), ["1"]);
    const { id } = await client.submitRun({ path: `~/${name}` });
    await follow(client, id);
  }
  const of = async (notebook: string) => (await client.status({ notebook })).memory;
  expect(await of("~/small-one.ipynb")).toMatchObject({ runs: 1, fits: [{ share: 1 }] });
  expect(await of("~/nothing.ipynb")).toBeNull();
  expect((await client.status()).memory?.runs).toBeGreaterThan(1);
});
