/// <reference lib="dom" />
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

const PARAMETERS = 'from typing import Optional\nregion = "north"\nyear = 2020\nnote: Optional[str] = None';

describeWith(CHROMIUM, "what runs were given, in Chromium", () => {
  const place = newAppPlace();
  const path = `/home/${userInfo().username}/audit.ipynb`;
  let app: AppBed;
  let page: Page;
  let id: string;

  beforeAll(async () => {
    const { home } = place;
    app = await openAppBed(place, async () => {
      await writeNotebook(join(home, "audit.ipynb"), [PARAMETERS, "print(region, year, note)"]);
    });
    ({ page } = app);
    const { client } = app.platform;
    await client.submitRun({ path, parameters: new RawJson('{"year":2019}') });
    ({ id } = await client.submitRun({ path, parameters: new RawJson('{"region":"south","year":2021}') }));
    await follow(client, id);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  const facts = async (title: string): Promise<readonly string[]> =>
    page
      .locator("section", { has: page.getByRole("heading", { name: title }) })
      .locator("dl > div")
      .allTextContents();

  it("says on the page of a run which values it was given, by whom, and which are defaults; and what ran", async () => {
    await app.goTo(`/runs/${id}`);
    await page.getByRole("heading", { name: "Defaults of the notebook" }).waitFor();
    expect(await facts("Parameters")).toEqual(["regionsouth", "year2021"]);
    await page.getByText(`given by ${userInfo().username}`).waitFor();
    expect(await facts("Defaults of the notebook")).toEqual(["notenull"]);
    const details = await facts("Details");
    expect(details).toContainEqual(expect.stringMatching(/^Kernelpython3 \(python 3\./));
    expect(details).toContainEqual(expect.stringMatching(/^Environmentthat of the kernel, \d+ packages$/));
    await app.expectAccessible();
    await page.getByRole("link", { name: "What has changed since" }).click();
    await page.getByText("differ").first().waitFor();
  });

  it("offers the values of the last runs, and takes an empty field for nothing where that is a value", async () => {
    await app.goTo(`/view${path}?run`);
    await page.getByRole("button", { name: "Take 2021 for year" }).waitFor();
    await page.getByRole("button", { name: "Take 2019 for year" }).click();
    expect(await page.getByLabel(/^year/).inputValue()).toBe("2019");
    await page.getByRole("button", { name: "Take south for region" }).click();
    await page.getByLabel(/^note/).fill("as it is");
    await app.expectAccessible();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/\/runs\/(?!$)/);
    const made = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const { parameters } = await app.platform.client.getRun(made);
    expect(JSON.parse(parameters.text)).toEqual({ region: "south", year: 2019, note: "as it is" });
    await follow(app.platform.client, made);
    // What it was given may be nothing again.
    await app.goTo(`/runs/${made}?again`);
    await page.getByLabel(/^note/).fill("");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !url.pathname.endsWith(made));
    const again = await app.platform.client.getRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
    expect(JSON.parse(again.parameters.text)).toMatchObject({ note: null });
    expect(app.strange()).toEqual([]);
  });

  it("shows the runs that fields and the address ask for", async () => {
    const { client, url } = app.platform;
    const { id: tagged } = await client.submitRun({ path, tags: ["monthly"] });
    const rows = (): Promise<number> => page.locator("table.runs tbody tr").count();
    await app.goTo("/runs?within=hour");
    await page.locator(`a[href$="${tagged}"]`).waitFor();
    const all = await rows();
    expect(all).toBeGreaterThan(1);
    expect(await page.getByLabel("Asked for").inputValue()).toBe("hour");
    await app.expectAccessible();
    await page.getByLabel("Tag").fill("monthly");
    await expect.poll(rows).toBe(1);
    expect(page.url()).toBe(`${url}/runs?tag=monthly&within=hour`);
    await page.getByLabel("Notebook").fill("/shared/other.ipynb");
    await page.keyboard.press("Enter");
    await page.getByText("No run is like this.").waitFor();
    await page.goBack();
    await expect.poll(() => page.getByLabel("Notebook").inputValue()).toBe("");
    await page.getByLabel("Tag").fill("");
    await expect.poll(rows).toBe(all);
    await page.getByLabel("Asked for").selectOption("Any time");
    expect(page.url()).toBe(`${url}/runs`);
    expect(app.strange()).toEqual([]);
  });
});
