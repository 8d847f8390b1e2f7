/// <reference lib="dom" />
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { describeWith } from "../requirements.ts";
import { ATTEMPTS, DEPARTURES } from "./active-attempts.ts";
import { type LanesDriver, startLanes } from "./lanes-driver.ts";
import { tryDeparture, tryScript } from "./try-script.ts";

describeWith(CHROMIUM, "outputs that are active, in Chromium", () => {
  let lanes: LanesDriver;
  let page: Page;

  beforeAll(async () => {
    lanes = await startLanes();
    ({ page } = lanes);
    await lanes.write("charts.ipynb", CHARTS);
    await lanes.write("kinds.ipynb", KINDS);
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 99 ? `\u001b[33mwarning ${index}\u001b[0m\n` : `line ${index} of many\n`,
    );
    await lanes.writeOutputs("lines.ipynb", [
      { output_type: "stream", name: "stdout", text: lines.join("") },
    ]);
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
    // What is in a frame tells how high it is.
    const highest = (): Promise<number> =>
      page.locator("iframe").evaluateAll((all) => Math.max(...all.map((it) => it.clientHeight)));
    await expect.poll(highest).toBeGreaterThan(200);
    expect(await findAccessibilityProblems(page)).toEqual([]);
    // The policy of what is in a frame says so too; each holds without the other.
    const sandboxes = await page
      .locator("iframe")
      .evaluateAll((all) => all.map((it) => it.getAttribute("sandbox")));
    expect([...new Set(sandboxes)]).toEqual(["allow-scripts"]);
    for (const frame of page.frames().slice(1))
      expect(new URL(frame.url()).origin).toBe(`http://127.0.0.1:${lanes.port}`);
    await page.getByRole("button", { name: "Deactivate" }).first().click();
    await page.getByRole("button", { name: "Activate Vega-Lite chart" }).first().waitFor();
    await lanes.expectNothing();
  });

  it("plays recordings, draws maps, sorts and turns the pages of tables, and saves what it does not know", async () => {
    await lanes.open("kinds.ipynb");
    await lanes.showAll();
    expect(page.frames()).toHaveLength(1);
    const duration = page.locator("audio").evaluate(
      (audio: HTMLAudioElement) =>
        new Promise<number>((resolve) => {
          if (audio.readyState > 0) resolve(audio.duration);
          audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
          audio.addEventListener("error", () => resolve(-1));
        }),
    );
    expect(await duration).toBeCloseTo(0.01);
    await page.getByRole("img", { name: "Map of 2 features" }).waitFor();
    const table = page.getByRole("group", { name: "Table" });
    const firstRow = (): Promise<string> => table.locator("tbody tr").first().innerText();
    await page.getByText("1–50 of 120 rows").waitFor();
    await table.getByRole("button", { name: "n", exact: true }).press("Enter");
    await table.getByRole("button", { name: "n", exact: true }).press("Enter");
    await expect.poll(firstRow).toBe("119\t119\ttext 119");
    expect(await table.getByRole("columnheader", { name: "n", exact: true }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    await page.getByRole("button", { name: "Next rows" }).click();
    await page.getByText("51–100 of 120 rows").waitFor();
    expect(await firstRow()).toBe("69\t69\ttext 69");
    expect(await findAccessibilityProblems(page)).toEqual([]);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download application/pdf" }).click();
    const file = await (await saved).path();
    expect(await readFile(file, "utf8")).toBe("%PDF-1.4 hello");
    lanes.expectDownload();
    await lanes.expectNothing();
  });

  it("scrolls through twenty thousand lines and finds what is in them", async () => {
    await lanes.open("lines.ipynb");
    await page.getByText("20,000 lines").waitFor();
    const text = page.getByRole("group", { name: "stdout text" });
    expect(
      await text.evaluate((it) => it.scrollHeight / 1.5 / Number.parseFloat(getComputedStyle(it).fontSize)),
    ).toBeCloseTo(20_000, -2);
    await text.focus();
    await page.keyboard.press("End");
    await expect
      .poll(() => text.evaluate((it) => it.scrollTop + it.clientHeight - it.scrollHeight))
      .toBeGreaterThan(-50);
    // Colours come with what is in sight.
    await text.locator("span", { hasText: /^warning 19999$/ }).waitFor();
    expect(await text.evaluate((it) => it.textContent?.includes("line 10000 of many") ?? false)).toBe(true);
    expect(await text.evaluate((it) => it.querySelectorAll("span span").length)).toBeLessThan(2000);
    await lanes.expectNothing();
  });

  it("hears of a frame what is in that frame, and not what another one says", async () => {
    const speaks = "<script>parent.postMessage({ kind: 'failed', message: 'from the second' }, '*')</script>";
    await lanes.write("two.ipynb", [html("<script>document.body.append('quiet')</script>"), html(speaks)]);
    await lanes.open("two.ipynb");
    await page.getByRole("button", { name: "Activate HTML" }).first().click();
    await page.frameLocator("iframe").getByText("quiet").waitFor();
    await page.getByRole("button", { name: "Activate HTML" }).click();
    await page.getByRole("alert").getByText("from the second").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    await lanes.expectNothing();
  });

  it("a script gets nowhere, and carries nothing away when it takes its frame elsewhere", async () => {
    await tryScript(lanes, ATTEMPTS["asks the app's server"] ?? "");
    await tryDeparture(lanes, DEPARTURES[0] ?? "");
  });

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
});

function html(text: string): object {
  return { "text/html": text, "text/plain": "<IPython.core.display.HTML object>" };
}

const VALUES = [
  { a: "x", b: 2 },
  { a: "y", b: 5 },
];

/** A hundredth of a second of silence. */
function wav(): string {
  const samples = Buffer.alloc(80, 128);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]).toString("base64");
}

const KINDS = [
  html(
    `<audio controls="controls" ><source src="data:audio/wav;base64,${wav()}" type="audio/wav" />No sound.</audio>`,
  ),
  {
    "application/geo+json": {
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [5, 50],
                [9, 50],
                [7, 54],
                [5, 50],
              ],
            ],
          },
        },
        { type: "Feature", geometry: { type: "Point", coordinates: [7, 51] } },
      ],
    },
  },
  {
    "application/vnd.dataresource+json": {
      schema: {
        fields: [
          { name: "index", type: "integer" },
          { name: "n", type: "number" },
          { name: "t", type: "string" },
        ],
        primaryKey: ["index"],
      },
      data: Array.from({ length: 120 }, (_, index) => ({ index, n: index, t: `text ${index}` })),
    },
  },
  { "application/pdf": Buffer.from("%PDF-1.4 hello!!".slice(0, 14)).toString("base64") },
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
