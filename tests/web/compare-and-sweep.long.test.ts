/// <reference lib="dom" />
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

/** What a notebook records without a library. */
const GLUE = `
from IPython.display import display
def glue(name, value):
    bundle = {'application/scrapbook.scrap.json+json': {'name': name, 'data': value, 'encoder': 'json', 'version': 1}}
    display(bundle, metadata={'scrapbook': {'name': name, 'data': True, 'display': False}}, raw=True)`;
const PICTURE = `
import base64, struct, zlib
def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\\0' + bytes([int(alpha * 250) % 256, 100, 100]) * 40 for _ in range(20))
png = b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 40, 20, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
display({'image/png': base64.b64encode(png).decode()}, raw=True)`;
const TABLE = `
html = '<table><thead><tr><th>step</th><th>value</th></tr></thead><tbody>' + ''.join(f'<tr><td>{n}</td><td>{n * alpha if n == 3 else n}</td></tr>' for n in range(9)) + '</tbody></table>'
display({'text/html': html, 'text/plain': 'table'}, raw=True)`;
/** As pandas writes what was grouped: the index has its name in a row of its own. */
const GROUPED = `
head = ''.join('<tr>' + ''.join(f'<th>{it}</th>' for it in row) + '</tr>' for row in (('', 'min', 'max'), ('month', '', '')))
body = ''.join(f'<tr><th>{n}</th><td>{n * alpha}</td><td>{n + alpha}</td></tr>' for n in (1, 2, 3))
display({'text/html': f'<table><thead>{head}</thead><tbody>{body}</tbody></table>', 'text/plain': 'table'}, raw=True)`;

describeWith(CHROMIUM, "sweeps and comparisons in Chromium", () => {
  const place = newAppPlace();
  let platform: TestPlatform;
  let app: AppBed;

  beforeAll(async () => {
    app = await openAppBed(place, () =>
      writeNotebook(join(place.home, "fit.ipynb"), [
        "alpha: float = 0.5\nhorizon: int = 1",
        `${GLUE}\nassert not (alpha == 0.75 and horizon == 2), 'it does not converge'\nglue('error', (alpha - 0.4) ** 2 + horizon)`,
        "print('the same in all')",
        "print('alpha is', alpha)",
        PICTURE,
        TABLE,
        GROUPED,
      ]),
    );
    ({ platform } = app);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  it("makes many runs of a form with lists and ranges, and shows what they measured as they go", async () => {
    const { page } = app;
    const { client } = platform;
    await app.goTo(`/view/home/${process.env["USER"] ?? "root"}/fit.ipynb?run=`);
    await page.getByRole("button", { name: "Many values" }).click();
    await page.getByLabel("alpha").fill("0.25:0.75:0.25");
    await page.getByLabel("horizon").fill("1, two");
    await page.getByText("“two” is no number.", { exact: false }).waitFor();
    await page.getByLabel("horizon").fill("1..2");
    await page.getByText("6 runs", { exact: true }).waitFor();
    await app.expectAccessible();
    await page.getByRole("button", { name: "Run them" }).click();

    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    const id = page.url().split("/").at(-1) ?? "";
    const matrix = page.getByRole("region", { name: "Matrix of the runs" });
    await matrix.getByRole("columnheader", { name: "0.75" }).waitFor();
    await page.getByText("5 of 6 have succeeded").waitFor();
    await matrix.getByRole("link", { name: "Failed" }).waitFor();
    await matrix.getByRole("link", { name: "2.0225", exact: true }).waitFor();
    // What a run has measured is known after its end.
    await page.getByRole("link", { name: /^alpha 0.25, horizon 1: 1.0225/ }).waitFor();
    const table = page.getByRole("region", { name: "Table of the runs" });
    await table.getByRole("button", { name: "error" }).click();
    await table.getByRole("button", { name: "error" }).click();
    expect(await table.getByRole("row").nth(1).innerText()).toContain("2.0225");
    await app.expectAccessible();
    await page.getByText("1 failed", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Retry the one that did not succeed" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id));
    await page.getByText("taken over").first().waitFor();
    expect(await page.getByText("taken over").count()).toBe(5);
    const again = page.url().split("/").at(-1) ?? "";
    await follow(client, again);
    expect(await client.getRun(again)).toMatchObject({ is_sweep: true, rerun_of: id });

    await app.goTo(`/runs/${id}`);
    await page.getByRole("heading", { name: "Sweep of fit.ipynb", level: 1 }).waitFor();
    await page.getByLabel("Compare run 1").check();
    await page.getByLabel("Compare run 2").check();
    // The first one makes way for a third.
    await page.getByLabel("Compare run 4").check();
    await app.expectAccessible();
    await page.getByRole("link", { name: "Compare runs 2 and 4" }).click();
    await page
      .getByRole("table", { name: "Parameters" })
      .getByRole("row", { name: /alpha 0\.25 0\.5 / })
      .waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "With other values …" }).click();
    await expect
      .poll(() => page.getByRole("textbox", { name: "alpha" }).inputValue())
      .toBe("0.25, 0.5, 0.75");
    await page.getByText("6 runs", { exact: true }).waitFor();
    await app.expectAccessible();
    await page.getByRole("button", { name: "Run all again" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id));
    const all = page.url().split("/").at(-1) ?? "";
    await follow(client, all);
    const [first, second] = [await client.getSweep(id), await client.getSweep(all)];
    const sets = ({ children }: typeof first): readonly string[] =>
      children.map(({ parameters }) => parameters.text);
    expect([second.total, sets(second)]).toEqual([6, sets(first)]);
    expect(app.strange()).toEqual([]);
  });

  it("compares two runs: parameters, metrics, time, and cell by cell text, tables and pictures", async () => {
    const { page } = app;
    const { client } = platform;
    const before = await client.submitRun({ path: "~/fit.ipynb" });
    await follow(client, before.id);
    const parameters = new RawJson('{"alpha":0.9}');
    const after = await client.rerunRun(before.id, {
      parameters,
      cells: { c3: "print('alpha is now', alpha)" },
    });
    await follow(client, after.id);

    await app.goTo(`/runs/${after.id}`);
    await page.getByRole("link", { name: "Compare …" }).click();
    await page
      .getByRole("table", { name: "Metrics" })
      .getByRole("row", { name: /error 1\.01\d* 1\.25 / })
      .waitFor();
    await page
      .getByRole("table", { name: "Parameters" })
      .getByRole("row", { name: /alpha 0\.5 \(default\) 0\.9/ })
      .waitFor();
    const printed = page.getByRole("region", { name: "Cell 5" });
    await printed.getByText("- print('alpha is', alpha)").waitFor();
    await printed.getByText("+ alpha is now 0.9").waitFor();
    const pictures = page.getByRole("region", { name: "Cell 6" });
    await expect.poll(() => pictures.getByRole("img").count()).toBe(2);
    const rows = page.getByRole("region", { name: "Cell 7" }).getByRole("row");
    await rows.first().waitFor();
    expect(await rows.allInnerTexts()).toContain("+\t3\t2.7");
    // The head, two rows on each side, and the row that differs as it was and as it is.
    expect(await rows.count()).toBe(7);
    const grouped = page.getByRole("region", { name: "Cell 8" });
    await grouped.getByRole("columnheader", { name: "month" }).waitFor();
    expect((await grouped.getByRole("row").allInnerTexts()).slice(1)).toEqual([
      "−\t1\t0.5\t1.5",
      "+\t1\t0.9\t1.9",
      "−\t2\t1.0\t2.5",
      "+\t2\t1.8\t2.9",
      "−\t3\t1.5\t3.5",
      "+\t3\t2.7\t3.9",
    ]);
    const metrics = page.getByRole("table", { name: "Metrics" });
    await metrics.getByText("Before").waitFor();
    // On a phone too a number stays on its line.
    await page.setViewportSize({ width: 390, height: 844 });
    const lines = metrics.locator("td").evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
      }),
    );
    expect(Math.max(...(await lines))).toBe(1);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await page.getByText("the same in all").count()).toBe(0);
    await app.expectAccessible();

    await page.getByRole("button", { name: "Choose another" }).first().click();
    await app.expectAccessible();
    await page.getByRole("button", { name: "The notebook as it is now" }).click();
    await page.getByRole("region", { name: "Cell 5" }).getByText("+ print('alpha is now', alpha)").waitFor();
    await page.getByRole("button", { name: "Swap" }).click();
    await page.getByRole("region", { name: "Cell 4" }).getByText("- print('alpha is now', alpha)").waitFor();

    await app.goTo("/compare?a=/home/nobody/none.ipynb");
    await page.getByRole("alert").waitFor();
    await app.expectAccessible();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });
});
