/// <reference lib="dom" />
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

describeWith(CHROMIUM, "what somebody new meets in Chromium", () => {
  const place = newAppPlace();
  const marker = join(place.directory, "go on");
  const directory = `/home/${userInfo().username}`;
  let platform: TestPlatform;
  let app: AppBed;

  beforeAll(async () => {
    const waits = `import os, time\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`;
    app = await openAppBed(place, () =>
      writeNotebook(join(place.home, "fit.ipynb"), [
        "alpha: float = 0.5\nhorizon: int = 1\nname = 'a'",
        waits,
      ]),
    );
    ({ platform } = app);
  });
  afterAll(async () => {
    // A run that still waits would hold the server up.
    await writeFile(marker, "");
    await app?.[Symbol.asyncDispose]();
  });

  it("shows a page where an address leads nowhere, and programs what is wrong", async () => {
    const { page } = app;
    const answer = await page.goto(`${platform.url}/nope?token=${platform.token}`);
    expect(answer?.status()).toBe(404);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Runs" }).waitFor();
    await app.expectAccessible();
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    const asked = async (path: string, headers: Record<string, string>, method = "GET"): Promise<unknown> => {
      const { status, headers: had } = await fetch(platform.url + path, { method, headers });
      return [status, had.get("content-type")];
    };
    expect(await asked("/nope", { accept })).toEqual([404, "text/html; charset=utf-8"]);
    const problem = [404, "application/problem+json; charset=utf-8"];
    expect(await asked("/nope", { accept: "*/*" })).toEqual(problem);
    expect(await asked("/nope", { accept }, "POST")).toEqual(problem);
    const authorization = `Bearer ${platform.token}`;
    expect(await asked("/api/v1/nope", { accept, authorization })).toEqual(problem);
    expect(await asked("/metrics/nope", { accept, authorization })).toEqual(problem);
    expect(app.strange().filter((it) => !/status of 404/.test(it))).toEqual([]);
  });
  it("leads to the search from every page, on a phone too", async () => {
    const { page } = app;
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await app.goTo("/status");
    const bar = page.getByRole("navigation", { name: "Pages" });
    // All of it is in sight once its letters are those of the app: nothing is behind the edge.
    await expect.poll(() => bar.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
    // So it is where a scroll bar takes of the width.
    await page.setViewportSize({ width: 360, height: 844 });
    const gap = async (): Promise<number> => {
      const [status, search] = [bar.getByRole("link", { name: "Status" }), bar.locator(".search-link")];
      const { x = 0, width = 0 } = (await status.boundingBox()) ?? {};
      return ((await search.boundingBox())?.x ?? 0) - x - width;
    };
    expect(await gap()).toBeGreaterThan(0);
    await bar.getByRole("link", { name: "Search", exact: true }).click();
    await page.waitForURL(`${platform.url}/search`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await bar.getByRole("link", { name: "Search" }).getAttribute("aria-current")).toBe("page");
    await app.expectAccessible();
    if (before !== null) await page.setViewportSize(before);
    expect(app.strange()).toEqual([]);
  });

  it("says that a server that is away is asked again, by itself and by who does not wait", async () => {
    const { page } = app;
    await app.goTo("/");
    const asked = /\/api\/v1\/runs(?:\?.*)?$/;
    await page.route(asked, (route) => route.abort());
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Runs" }).click();
    const problem = page.getByRole("alert");
    await problem.getByText("It is asked again until it is back.").waitFor();
    await app.expectAccessible();
    await problem.getByRole("button", { name: "Try again" }).click();
    await problem.getByText("It is asked again until it is back.").waitFor();
    await page.unroute(asked);
    await page
      .getByRole("table")
      .or(page.getByText("Nothing has run yet", { exact: false }))
      .first()
      .waitFor();
    expect(await problem.count()).toBe(0);
    expect(app.strange().filter((it) => !/ERR_FAILED/.test(it))).toEqual([]);
  });

  it("opens the form of a notebook beside it, with the focus, and says what is wrong in it", async () => {
    const { page } = app;
    await app.goTo(`/view${directory}/fit.ipynb`);
    const title = page.getByRole("heading", { level: 1 });
    const opener = page.getByRole("button", { name: "Run …" });
    await opener.waitFor();
    // Letters that come later may be of another width.
    await page.evaluate(async () => void (await document.fonts.ready));
    const before = await title.boundingBox();
    await opener.press("Enter");
    const heading = page.getByRole("heading", { name: "Run this notebook" });
    const focused = page.locator(":focus");
    await heading.waitFor();
    await expect.poll(() => focused.innerText()).toBe("Run this notebook");
    expect(await title.boundingBox()).toEqual(before);
    await page.getByText("with the defaults").waitFor();
    await page.getByRole("textbox", { name: "alpha" }).fill("much");
    await page.getByText("1 value is missing or wrong").waitFor();
    expect(await page.getByText("with the defaults").count()).toBe(0);
    await page.getByRole("textbox", { name: "horizon" }).fill("far");
    await page.getByText("2 values are missing or wrong").waitFor();
    await app.expectAccessible();
    await page.getByRole("textbox", { name: "alpha" }).press("Escape");
    await heading.waitFor({ state: "detached" });
    await expect.poll(() => focused.innerText()).toBe("Run …");
    await page.getByRole("button", { name: "Schedule …" }).press("Enter");
    await page.getByRole("button", { name: "Close" }).click();
    await heading.waitFor({ state: "detached" });
    await expect.poll(() => focused.innerText()).toBe("Schedule …");
    // Whoever follows a link to the form begins at the top of the page.
    await app.goTo(`/view${directory}/fit.ipynb?run`);
    await heading.waitFor();
    expect(await focused.count()).toBe(0);
    expect(app.strange()).toEqual([]);
  });

  it("says what a sweep varies and what its runs share, where its notebook is, and shows what is done alone as done", async () => {
    const { page } = app;
    const { id } = await platform.client.submitSweep({
      path: "~/fit.ipynb",
      grid: new RawJson('{"alpha": [0.2, 0.4, 0.6], "horizon": [1, 7]}'),
      parameters: new RawJson('{"name": "Ada"}'),
    });
    await app.goTo(`/runs/${id}`);
    await page.getByText(/^[1-9] running$/).waitFor();
    await page.getByText("0 of 6 have succeeded").waitFor();
    expect(await page.locator(".sweep-bar [data-status]").count()).toBe(0);
    const facts = page.getByRole("complementary", { name: "About this run" });
    await facts.getByRole("heading", { name: "Varied" }).waitFor();
    expect(await facts.getByRole("definition").allInnerTexts()).toEqual(
      expect.arrayContaining(["0.2, 0.4, 0.6", "1, 7", "Ada"]),
    );
    await app.expectAccessible();
    await writeFile(marker, "");
    await page.getByText("6 of 6 have succeeded").waitFor();
    expect(await page.locator(".sweep-bar [data-status=succeeded]").count()).toBe(1);

    await page.getByRole("link", { name: "Run 1", exact: true }).click();
    await page.getByRole("heading", { name: "fit.ipynb", level: 1 }).waitFor();
    await page.getByRole("button", { name: "With other values …" }).click();
    await page.getByRole("heading", { name: "Run it again" }).press("Escape");
    await expect.poll(() => page.locator(":focus").innerText()).toBe("With other values …");
    // Exact times are the same everywhere, with the zone.
    const exact = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:UTC|[+−]\d\d:\d\d)$/;
    const asked = page.getByText(/^(?:just now|\d+ min ago)$/);
    expect(await asked.getAttribute("title")).toMatch(exact);
    expect(await facts.getByRole("definition").filter({ hasText: exact }).count()).toBe(3);
    await page.getByRole("link", { name: `${directory}/fit.ipynb`, exact: true }).click();
    await page.waitForURL(`${platform.url}/view${directory}/fit.ipynb`);
    expect(app.strange()).toEqual([]);
  });
  it("says what of the values of a run may not be meant, until somebody has read it", async () => {
    const { page } = app;
    await writeFile(marker, "");
    const mistaken = await platform.client.submitRun({
      path: "~/fit.ipynb",
      parameters: new RawJson('{"alhpa": 1}'),
    });
    await follow(platform.client, mistaken.id);
    await app.goTo(`/runs/${mistaken.id}`);
    await page.getByRole("button", { name: "Run again" }).click();
    const notices = page.getByRole("region", { name: "Notices" });
    await notices.getByText("Passed unknown parameter: alhpa; did you mean alpha?").waitFor();
    await page.waitForURL((url) => !url.pathname.endsWith(mistaken.id));
    await page.getByRole("heading", { name: "fit.ipynb", level: 1 }).waitFor();
    await app.expectAccessible();
    await notices.getByRole("button", { name: "Dismiss" }).click();
    expect(await notices.innerText()).toBe("");

    // The form sends what the run had, too.
    await page.getByText("Succeeded", { exact: true }).waitFor();
    await page.getByRole("button", { name: "With other values …" }).click();
    await page.getByRole("textbox", { name: "horizon" }).fill("3");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await notices.getByText("did you mean alpha?", { exact: false }).waitFor();
    expect(app.strange()).toEqual([]);
  });
  it("draws what leads past steps beside them, and says what each waits for and by which rule", async () => {
    const { page } = app;
    const step = (key: string, more: object): object => ({ key, type: "wait", duration_ms: 1, ...more });
    const definition = {
      steps: [
        step("a", {}),
        step("b", { depends_on: ["a"] }),
        step("c", { depends_on: ["b"] }),
        step("done", { depends_on: ["a", "c"], trigger_rule: "all_done" }),
        step("alarm", { depends_on: ["c"], trigger_rule: "one_failed" }),
      ],
    };
    const { workflow } = await platform.client.applyWorkflow({
      name: "past",
      definition: new RawJson(JSON.stringify(definition)),
    });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await app.goTo(`/workflows/${workflow?.id}`);
      const graph = page.getByRole("region", { name: "Steps and what each waits for" });
      await graph.waitFor();
      const texts = await graph.getByRole("listitem").allInnerTexts();
      expect(texts.toSorted()).toEqual([
        "a\nwait",
        "alarm\nwait\nonly if one fails\nwaits for c",
        "b\nwait\nwaits for a",
        "c\nwait\nwaits for b",
        "done\nwait\neven if one fails\nwaits for a, c",
      ]);
      expect(await graph.locator("path").count()).toBe(5);
      expect(await graph.evaluate(hiddenPoints)).toBe(0);
      await app.expectAccessible();
    }
    expect(app.strange()).toEqual([]);
  });
});

/** How many points of the lines of a drawing are behind its boxes. */
function hiddenPoints(graph: Element): number {
  const boxes = [...graph.querySelectorAll("li")].map((it) => it.getBoundingClientRect());
  return [...graph.querySelectorAll("path")].reduce((sum, path) => {
    const place = path.getScreenCTM();
    const points = Array.from({ length: 101 }, (_point, at) =>
      path.getPointAtLength((path.getTotalLength() * at) / 100).matrixTransform(place ?? undefined),
    );
    const isHidden = ({ x, y }: DOMPoint): boolean =>
      boxes.some((box) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1);
    return sum + points.filter(isHidden).length;
  }, 0);
}
