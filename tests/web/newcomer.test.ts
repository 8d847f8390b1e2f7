import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import type { TestPlatform } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

describeWith(CHROMIUM, "what somebody new meets in Chromium", () => {
  const place = newAppPlace();
  let platform: TestPlatform;
  let app: AppBed;

  beforeAll(async () => {
    app = await openAppBed(place, () =>
      writeNotebook(join(place.home, "fit.ipynb"), ["alpha: float = 0.5\nname = 'a'", "print(alpha)"]),
    );
    ({ platform } = app);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

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
});
