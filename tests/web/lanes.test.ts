/// <reference lib="dom" />
import { networkInterfaces } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { describeWith } from "../requirements.ts";
import { ATTEMPTS, DEPARTURES } from "./active-attempts.ts";
import { type LanesDriver, startLanes } from "./lanes-driver.ts";

describeWith(CHROMIUM, "outputs that are active, in Chromium", () => {
  let lanes: LanesDriver;
  let page: Page;

  beforeAll(async () => {
    lanes = await startLanes();
    ({ page } = lanes);
    const done =
      "<script>const done = () => { (document.body ?? document.documentElement).dataset.tried = '' }</script>";
    await lanes.write(
      "attempts.ipynb",
      Object.values(ATTEMPTS).map((script) => html(`${done}<script>${script}</script>`)),
    );
    await lanes.write(
      "departures.ipynb",
      DEPARTURES.map((script) => html(`<p>before</p><script>${script}</script>`)),
    );
    await lanes.write("charts.ipynb", CHARTS);
  });
  afterAll(() => lanes?.[Symbol.asyncDispose]());

  it("runs nothing before somebody wants it, and then draws charts and runs HTML in frames of their own", async () => {
    await lanes.open("charts.ipynb");
    await lanes.showAll();
    expect(page.frames()).toHaveLength(1);
    expect(await findAccessibilityProblems(page)).toEqual([]);
    for (const name of [
      "Activate Vega-Lite chart",
      "Activate Vega chart",
      "Activate Plotly chart",
      "Activate HTML",
    ])
      await page.getByRole("button", { name, exact: true }).first().press("Enter");
    await page.frameLocator('iframe[title="Vega-Lite chart"]').first().locator("svg path").first().waitFor();
    await page.frameLocator('iframe[title="Vega chart"]').locator("svg").waitFor();
    await page.frameLocator('iframe[title="Plotly chart"]').locator(".plotly svg .scatterlayer").waitFor();
    await page.frameLocator('iframe[title="HTML"]').getByText("written by a script: 3").waitFor();
    const heights = await page.locator("iframe").evaluateAll((all) => all.map((it) => it.clientHeight));
    expect(Math.max(...heights)).toBeGreaterThan(200);
    expect(await findAccessibilityProblems(page)).toEqual([]);
    for (const frame of page.frames().slice(1))
      expect(new URL(frame.url()).origin).toBe(`http://127.0.0.1:${lanes.port}`);
    await page.getByRole("button", { name: "Deactivate" }).first().click();
    await page.getByRole("button", { name: "Activate Vega-Lite chart" }).first().waitFor();
    await lanes.expectNothing();
  });

  it.each(Object.keys(ATTEMPTS))("a script that %s gets nowhere", async (name) => {
    const index = Object.keys(ATTEMPTS).indexOf(name);
    await lanes.open("attempts.ipynb");
    await activate(index);
    const frame = page.frameLocator("iframe");
    await frame.locator("[data-tried]").waitFor({ state: "attached" });
    await lanes.expectNothing();
  });

  it.each(DEPARTURES.map((_script, index) => index))(
    "departure %i of a frame carries nothing away",
    async (index) => {
      await lanes.open("departures.ipynb");
      const gone = page.waitForEvent(
        "framenavigated",
        (frame) => frame !== page.mainFrame() && !frame.url().includes("/outputs/frames/"),
      );
      await activate(index);
      // The browser puts a page of its own in its place, or the server one that says no.
      await gone;
      await lanes.expectNothing();
    },
  );

  it("says what to do where outputs have no host of their own", async () => {
    await page.goto(`${lanes.platform.url}/?token=${lanes.platform.token}`);
    await page.goto(`${lanes.platform.url}/view${lanes.homePath("charts.ipynb")}`);
    await page.getByRole("button", { name: "Activate Plotly chart" }).click();
    await page
      .getByRole("alert")
      .getByText(`Open the app at http://localhost:${lanes.port} for that.`)
      .waitFor();
    expect(page.frames()).toHaveLength(1);
    const policyAt = async (host: string): Promise<string | null> => {
      const answer = await fetch(`http://${host}:${lanes.port}/outputs/frames/html`);
      return answer.ok ? answer.headers.get("content-security-policy") : null;
    };
    expect(await policyAt("127.0.0.1")).toContain("sandbox allow-scripts; script-src");
    expect(await policyAt("localhost")).toBeNull();
    // Browsers find the name there too, so nobody else may answer.
    const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ address }) => address === "::1"),
    );
    if (hasIpv6) expect((await fetch(`http://[::1]:${lanes.port}/api/v1/health`)).status).toBe(200);
  });

  async function activate(index: number): Promise<void> {
    const cell = page.locator(`#cell-c${index}`);
    await cell.scrollIntoViewIfNeeded();
    await cell.getByRole("button", { name: "Activate HTML" }).click();
  }
});

function html(text: string): object {
  return { "text/html": text, "text/plain": "<IPython.core.display.HTML object>" };
}

const VALUES = [
  { a: "x", b: 2 },
  { a: "y", b: 5 },
];

const CHARTS = [
  ...["v2", "v4+json", "v6+json"].map((version) => ({
    [`application/vnd.vegalite.${version.includes("+") ? version : `${version}+json`}`]: {
      data: { values: VALUES },
      mark: "bar",
      height: 240,
      encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },
    },
  })),
  {
    "application/vnd.vega.v5+json": {
      width: 100,
      height: 50,
      data: [{ name: "t", values: VALUES, transform: [{ type: "formula", as: "c", expr: "datum.b * 2" }] }],
      marks: [
        {
          type: "rect",
          from: { data: "t" },
          encode: {
            enter: { x: { field: "c" }, width: { value: 5 }, y: { value: 0 }, height: { value: 9 } },
          },
        },
      ],
    },
  },
  {
    "application/vnd.plotly.v1+json": {
      data: [{ type: "scatter", x: [1, 2], y: [3, 4] }],
      layout: { title: { text: "A line" } },
    },
  },
  html(
    "<div id='a'></div><script>document.getElementById('a').textContent = 'written by a script: ' + (1 + 2)</script>",
  ),
];
