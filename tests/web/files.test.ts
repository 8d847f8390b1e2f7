/// <reference lib="dom" />
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { describeWith } from "../requirements.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

/** More than a page of a list. */
const MANY = 230;

describeWith(CHROMIUM, "the files of a directory in Chromium", () => {
  const place = newAppPlace();
  const { home } = place;
  const address = `/view/home/${userInfo().username}`;
  let app: AppBed;
  let page: Page;

  const fill = async (): Promise<void> => {
    for (const name of ["inbox", "many", "old", "old/deeper"]) await mkdir(join(home, name));
    await writeFile(join(home, "a.txt"), "a");
    await writeFile(join(home, "b.txt"), "bbb");
    await writeFile(join(home, "c.txt"), "cc");
    await writeFile(join(home, "old", "one.txt"), "1");
    await writeFile(join(home, "old", "deeper", "two.txt"), "2");
    await utimes(join(home, "b.txt"), 0, 1);
    const names = Array.from({ length: MANY }, (_, at) =>
      join(home, "many", `${String(at).padStart(3, "0")}.txt`),
    );
    await Promise.all(names.map((path, at) => writeFile(path, "x".repeat(at))));
  };
  beforeAll(async () => {
    app = await openAppBed(place, fill);
    ({ page } = app);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  const rows = async (): Promise<string> =>
    (await page.locator("table.files tbody .name").allTextContents()).join(" ");

  it("sorts by each column, with the order in the address, a long directory whole", async () => {
    await app.goTo(address);
    await page.getByRole("link", { name: "a.txt" }).waitFor();
    expect(await rows()).toBe("inbox many old a.txt b.txt c.txt");
    await page.getByRole("button", { name: "Size", exact: true }).click();
    await expect.poll(rows).toBe("inbox many old b.txt c.txt a.txt");
    await app.expectAccessible();
    await page.getByRole("button", { name: "Changed" }).click();
    await page.getByRole("button", { name: "Changed" }).click();
    await expect.poll(rows).toMatch(/^inbox many old b\.txt/);
    expect(new URL(page.url()).search).toBe("?sort=changed");
    await app.goTo(`${address}/many?sort=-size`);
    await page.getByRole("link", { name: `${MANY - 1}.txt` }).waitFor();
    await expect.poll(rows).toMatch(new RegExp(`^${MANY - 1}\\.txt ${MANY - 2}\\.txt`));
  });

  it("moves and copies to another folder under another name, and takes both back", async () => {
    await app.goTo(address);
    await page.getByRole("button", { name: "Move or copy a.txt" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "inbox" }).click();
    await sheet.getByText(`${address.replace("/view", "")}/inbox`).waitFor();
    await sheet.getByLabel("Name").fill("moved.txt");
    await app.expectAccessible();
    await sheet.getByRole("button", { name: "Move", exact: true }).click();
    await expect.poll(rows).toBe("inbox many old b.txt c.txt");
    expect(await readFile(join(home, "inbox", "moved.txt"), "utf8")).toBe("a");
    await page.locator(".toast", { hasText: "a.txt is" }).getByRole("button", { name: "Undo" }).click();
    await expect.poll(rows).toBe("inbox many old a.txt b.txt c.txt");
    expect(await readdir(join(home, "inbox"))).toEqual([]);

    await page.getByRole("button", { name: "Move or copy old" }).click();
    await sheet.getByRole("button", { name: "inbox" }).click();
    await sheet.getByText(`${address.replace("/view", "")}/inbox`).waitFor();
    await sheet.getByRole("button", { name: "Copy", exact: true }).click();
    const copied = page.locator(".toast", { hasText: "is a copy of old" });
    await copied.waitFor();
    expect(await readFile(join(home, "inbox", "old", "deeper", "two.txt"), "utf8")).toBe("2");
    await copied.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => readdir(join(home, "inbox"))).toEqual([]);
    expect(await readdir(join(home, "old"))).toEqual(["deeper", "one.txt"]);
  });

  it("takes folders that are dropped, with all in them, and leaves what is there", async () => {
    const dropped = join(place.directory, "dropped");
    await mkdir(join(dropped, "raw"), { recursive: true });
    await writeFile(join(dropped, "top.txt"), "top");
    await writeFile(join(dropped, "raw", "one.csv"), "1");
    await app.goTo(address);
    await page.getByRole("link", { name: "a.txt" }).waitFor();
    const { x, y } = (await page.locator(".drop-place").boundingBox()) ?? { x: 0, y: 0 };
    const session = await page.context().newCDPSession(page);
    const drop = async (): Promise<void> => {
      const data = { items: [], files: [dropped], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await session.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data });
    };
    await drop();
    await page.getByText("2 files are here", { exact: true }).waitFor();
    await page.getByRole("link", { name: "dropped" }).waitFor();
    expect(await readFile(join(home, "dropped", "raw", "one.csv"), "utf8")).toBe("1");
    await writeFile(join(dropped, "raw", "two.csv"), "2");
    await drop();
    await page.getByText("1 file is here; 2 were here already, and stay as they are").waitFor();
    expect(await readFile(join(home, "dropped", "raw", "two.csv"), "utf8")).toBe("2");
    await app.platform.client.deleteFile(`${address.replace("/view", "")}/dropped`, { isRecursive: true });
  });

  it("deletes a folder with all in it once somebody has said so, and brings all of it back", async () => {
    await app.goTo(address);
    await page.getByRole("button", { name: "Delete old" }).click();
    const asked = page.locator(".toast", { hasText: "old is not empty" });
    await asked.waitFor();
    expect(await readdir(join(home, "old"))).toEqual(["deeper", "one.txt"]);
    await asked.getByRole("button", { name: "Delete it with all in it" }).click();
    const gone = page.locator(".toast", { hasText: "old and the 2 files in it are deleted" });
    await gone.waitFor();
    await expect.poll(rows).toBe("inbox many a.txt b.txt c.txt");
    await gone.getByRole("button", { name: "Undo" }).click();
    await expect.poll(rows).toBe("inbox many old a.txt b.txt c.txt");
    expect(await readFile(join(home, "old", "deeper", "two.txt"), "utf8")).toBe("2");
    expect(await readFile(join(home, "old", "one.txt"), "utf8")).toBe("1");
    // The browser tells of answers that refuse.
    expect(app.strange().filter((it) => !/status of (?:409|412)/.test(it))).toEqual([]);
  });
});
