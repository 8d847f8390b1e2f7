import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { notemill } from "../support/cli.ts";
import { startPlatform } from "../support/platform.ts";
import { describeViewOnly, NOTEBOOK, PNG } from "./view-only-contract.ts";

describeViewOnly("a server that only shows a disk", {
  isForAnyone: true,
  async start(directory) {
    const shown = join(directory, "notes");
    await mkdir(join(shown, "deep er"), { recursive: true });
    for (let index = 0; index < 5000; index += 1)
      await writeFile(join(shown, `key-${`${index}`.padStart(5, "0")}`), "");
    await writeFile(join(shown, "deep er", "a b.ipynb"), JSON.stringify(NOTEBOOK));
    await writeFile(join(shown, "deep er", "p.png"), PNG);
    await writeFile(join(shown, "page.html"), "<script>alert(1)</script>");
    await mkdir(join(shown, "deep er", "large"));
    await writeFile(join(shown, "deep er", "large", "fits.txt"), Buffer.alloc(16 * 2 ** 20, "x"));
    await writeFile(join(shown, "deep er", "large", "more.txt"), Buffer.alloc(16 * 2 ** 20 + 1, "x"));
    return startPlatform(directory, ["--view-only", "--anyone"], {
      COMMUTER_STORAGE_BACKEND: "local",
      COMMUTER_LOCAL_STORAGE_BASEDIRECTORY: shown,
    });
  },
  also({ ask, model }) {
    it("hands over models of files up to 16 MiB, however many ask", async () => {
      const fits = await Promise.all(
        Array.from({ length: 5 }, async () => model("/deep%20er/large/fits.txt?hash=1")),
      );
      expect(fits.map(({ content }) => String(content).length)).toEqual(
        Array.from({ length: 5 }, () => 2 ** 24),
      );
      const more = await ask("/api/contents/deep%20er/large/more.txt");
      expect([more.status, await more.json()]).toMatchObject([
        413,
        { code: "BODY_TOO_LARGE", message: expect.stringContaining("/files/") as string },
      ]);
      expect(await model("/deep%20er/large/more.txt?content=0")).toMatchObject({
        size: 2 ** 24 + 1,
        content: null,
      });
    });
  },
});

it.each([
  [["--db", "postgres://db/notemill"], {}, "option --db"],
  [[], { NOTEMILL_DB: "postgres://db/notemill" }, "$NOTEMILL_DB"],
  [["--examples"], {}, "option --examples"],
])("a server that only shows is not started with %j %j", async (words, env, named) => {
  const place = join(tmpdir(), "notemill-view-none");
  const args = ["serve", "--view-only", "--anyone", "--data", place, "--mount", `/=${tmpdir()}`, ...words];
  const { exitCode, stderr } = await notemill(args, { env });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(named) as string]);
  expect(existsSync(place)).toBe(false);
});
