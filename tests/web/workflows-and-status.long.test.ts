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

const DEFINITION = `name: nightly
parameters:
  region: eu
steps:
  - key: extract
    type: notebook
    path: ~/extract.ipynb
    parameters: { region: { cel: run.parameters.region } }
  - key: train
    type: notebook
    path: ~/train.ipynb
    depends_on: [extract]
    foreach: { list: [1, 2], concurrency: 2 }
    parameters: { alpha: { cel: item } }
  - key: report
    type: notebook
    path: ~/nosuch.ipynb
    depends_on: [train]
`;

describeWith(CHROMIUM, "workflows and the status in Chromium", () => {
  const place = newAppPlace();
  const { home } = place;
  const marker = join(place.directory, "go on");
  let platform: TestPlatform;
  let app: AppBed;

  const fill = async (): Promise<void> => {
    const waits = `import os, time\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`;
    await writeNotebook(join(home, "extract.ipynb"), [
      "region = 'x'",
      `print('rows of', region, flush=True)\n${waits}`,
    ]);
    await writeNotebook(join(home, "train.ipynb"), ["alpha = 0", "print('trained with', alpha)"]);
    await writeNotebook(join(home, "report.ipynb"), [
      "title = ''",
      `import os\nassert os.path.exists(${JSON.stringify(`${marker} 2`)}), 'not yet'`,
    ]);
  };
  beforeAll(async () => {
    app = await openAppBed(place, fill);
    ({ platform } = app);
  });
  afterAll(async () => {
    // A run that still waits would hold the server up.
    await writeFile(marker, "");
    await app?.[Symbol.asyncDispose]();
  });

  it("makes a workflow from YAML, with what is wrong at its line, and draws it", async () => {
    const { page } = app;
    await app.goTo("/workflows");
    await page.getByText("There is no workflow yet.", { exact: false }).waitFor();
    await app.expectAccessible();
    await page.getByRole("button", { name: "New workflow …" }).click();
    const text = page.getByLabel("Definition as YAML");
    await text.fill("name: [nightly");
    await page.getByRole("button", { name: "Line 1" }).waitFor();
    await text.fill(DEFINITION);
    await page
      .getByRole("listitem")
      .filter({ hasText: "step report, path" })
      .getByRole("button", { name: "Line 17" })
      .click();
    expect(
      await text.evaluate((it: HTMLTextAreaElement) => it.value.slice(it.selectionStart, it.selectionEnd)),
    ).toBe("    path: ~/nosuch.ipynb");
    expect(await page.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);
    await app.expectAccessible();
    await text.fill(DEFINITION.replace("nosuch", "report"));
    await page.getByText("This makes a new workflow.").waitFor();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("heading", { name: "nightly", level: 1 }).waitFor();
    const graph = page.getByRole("region", { name: "Steps and what each waits for" });
    expect(await graph.getByRole("listitem").allInnerTexts()).toEqual([
      "extract\nextract.ipynb",
      "train\ntrain.ipynb · foreach\nwaits for extract",
      "report\nreport.ipynb\nwaits for train",
    ]);
    await app.expectAccessible();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("runs it with other values, shows its steps as they go, and restarts what has failed", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "Start …" }).click();
    await page.getByLabel("region").fill("us");
    await app.expectAccessible();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL(/\/workflow-runs\/[0-9a-f-]{36}$/);
    const extract = page.getByRole("button", { name: /^extract/ });
    await extract.filter({ hasText: "Running" }).waitFor();
    await app.expectAccessible();

    await app.goTo("/status");
    await page.getByRole("row", { name: /extract\.ipynb .* Running/ }).waitFor();
    await page.getByText("1 of", { exact: false }).first().waitFor();
    await app.expectAccessible();
    await page.goBack();

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await writeFile(marker, "");
    await extract.filter({ hasText: "Succeeded" }).waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: /^report Failed/ }).waitFor();
    await page.getByText("Failed", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Tasks of train" }).click();
    await page.getByRole("link", { name: "Output of task 2" }).waitFor();
    await page.getByRole("button", { name: "Restart from train" }).waitFor();
    await app.expectAccessible();
    await writeFile(`${marker} 2`, "");
    await page.getByRole("button", { name: "Restart what did not succeed" }).click();
    await page.getByRole("button", { name: /^report Succeeded/ }).waitFor();
    await page.getByRole("button", { name: /^train Succeeded/ }).click();
    await page.getByRole("button", { name: "Restart from here, report" }).click();
    await page.getByText("3. time").waitFor();
    await page.getByRole("button", { name: /^report Succeeded/ }).waitFor();
    await page.getByRole("link", { name: "Log of extract" }).click();
    await page.getByText("rows of us").first().waitFor();
    await app.goTo("/workflows");
    await page.getByRole("row", { name: /^nightly version \d+ Succeeded/ }).waitFor();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("fills in slots of the past: shows which and with what, starts them, and leaves out what has succeeded", async () => {
    const { page } = app;
    const { client } = platform;
    const [workflow] = (await client.listWorkflows()).workflows;
    const preview = page.getByRole("button", { name: "Preview" });
    await app.goTo(`/workflows/${workflow?.id}?show=backfill`);
    await page.getByText("slots are those of a schedule", { exact: false }).waitFor();
    await client.createSchedule({
      workflow: "nightly",
      name: "each morning",
      spec: { kind: "cron", cron: "0 6 * * *", time_zone: "UTC" },
      parameters: new RawJson('{"region": {"cel": "trigger.slot.date()"}}'),
    });
    await page.reload();
    await page.getByLabel("From").fill("2026-01-01");
    await page.getByLabel("Until").fill("2026-01-03");
    await preview.click();
    const what = page.getByRole("region", { name: "What the backfill does" });
    await what.getByText("2 slots").waitFor();
    expect(await what.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(/^2026-01-01 06:00.*"region": ?"2026-01-01"/),
      expect.stringMatching(/^2026-01-02 06:00.*"region": ?"2026-01-02"/),
    ]);
    await app.expectAccessible();
    // What was shown is not what would be started any longer.
    await page.getByLabel("Until").fill("2026-01-02");
    await what.getByText("2 slots").waitFor({ state: "detached" });
    await preview.click();
    await what.getByText("One slot").waitFor();
    await what.getByRole("button", { name: "Start it" }).click();
    const backfills = page.getByRole("region", { name: "Backfills" });
    await backfills.getByText("2026-01-01 00:00:00", { exact: false }).waitFor();
    const [filled] = (await client.listWorkflowRuns({ workflow: workflow?.id ?? "" })).workflow_runs;
    for await (const _event of client.followWorkflowRun(filled?.id ?? ""));
    expect(await client.getWorkflowRun(filled?.id ?? "")).toMatchObject({
      status: "succeeded",
      slot: "2026-01-01T06:00:00.000Z",
      parameters: { text: '{"region":"2026-01-01"}' },
    });
    await preview.click();
    await what.getByText("No slot; 1 has succeeded already and is left out").waitFor();
    expect(app.strange()).toEqual([]);
  });

  it("shows what runs take and which kernels are kept, and ends them from there", async () => {
    const { page } = app;
    const { client } = platform;
    await writeNotebook(join(home, "stuck.ipynb"), ["import time\ntime.sleep(600)"]);
    await writeNotebook(join(home, "kept.ipynb"), ["1 / 0"]);
    const stuck = await client.submitRun({ path: "~/stuck.ipynb" });
    const kept = await client.submitRun({ path: "~/kept.ipynb", keep_kernel_ms: 600_000 });
    await follow(client, kept.id);
    await app.goTo("/status");
    await page.getByRole("row", { name: /stuck\.ipynb .* Running/ }).waitFor();
    await page.getByRole("button", { name: /^End the kernel of/ }).waitFor();
    await page.getByText("Memory that runs need").waitFor();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Data directory" })
      .getByText(/ of .* free$/)
      .waitFor();
    await app.expectAccessible();
    await page.getByRole("button", { name: /^End the kernel of/ }).click();
    await page.getByRole("button", { name: "Cancel stuck.ipynb" }).click();
    await page.getByText("Nothing runs, and nothing waits.").waitFor();
    expect((await client.getRun(stuck.id)).status).toBe("cancelled");
    await page.getByRole("button", { name: /^End the kernel of/ }).waitFor({ state: "detached" });
    expect(app.strange()).toEqual([]);
  });

  it("offers the size that nearly all of the last runs fit, and starts a run with the one that is picked", async () => {
    const { page } = app;
    const { client } = platform;
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => client.submitRun({ path: "~/train.ipynb" })),
    );
    for (const { id } of runs) await follow(client, id);
    await app.goTo(`/view/home/${userInfo().username}/train.ipynb?run=`);
    const memory = page.getByLabel("Memory");
    await page
      .getByText(/Every run fits; 100\s% of the last \d+ runs of this notebook fit 256\sMiB\./)
      .waitFor();
    await page.getByRole("button", { name: "Take 256 MiB" }).click();
    expect(await memory.inputValue()).toBe(String(256 * 2 ** 20));
    await page.getByText(/^100\s% of the last \d+ runs of this notebook fit\.\s*$/).waitFor();
    await memory.selectOption("at most 512 MiB");
    await app.expectAccessible();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.getByText("Succeeded", { exact: true }).waitFor();
    const run = await client.getRun(page.url().split("/").at(-1) ?? "");
    expect(run).toMatchObject({ memory_bytes: 512 * 2 ** 20 });
    expect(app.strange()).toEqual([]);
  });
});
