import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openCanary } from "../../packages/html-export/test/canary.ts";
import { CHROMIUM, launchWithProfile } from "../../packages/html-export/test/chromium.ts";
import { OTHERS, TELLING } from "../../packages/html-export/test/hostile-names.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { type Mailbox, openMailbox } from "./demonstration/mailbox.ts";
import { type AskedNames, watchNames } from "./hostile/asked-names.ts";
import { ACTIVE, ERROR, FILES, furnish, HINTS, NAMED } from "./hostile/hostile-home.ts";
import { type HostileReader, hostileReader } from "./hostile/hostile-reader.ts";
import { addressesOf, askRaw, type RawAnswer } from "./hostile/raw-addresses.ts";
import { expectHarmless, homePath, openWebBed, type WebBed } from "./web-bed.ts";

const HOSTILE = [...TELLING, ...OTHERS];
const DIRECTORY = homePath("<b onmouseover=alert(22)>");

/** How many of the addresses that a browser saves are opened in one. */
const MOST_SAVED = 4;

/** The address of the page of a file. */
const viewOf = (path: string): string => `/view${path.split("/").map(encodeURIComponent).join("/")}`;

describeWith(
  CHROMIUM,
  "hostile notebooks, names, values and files wherever they are shown, in Chromium",
  () => {
    let bed: WebBed;
    let page: Page;
    let platform: TestPlatform;
    let reader: HostileReader;
    let mailbox: Mailbox;
    let names: AskedNames;
    let marker: string;
    /** The run of `gallery.ipynb`. */
    let run: string;

    beforeAll(async () => {
      mailbox = await openMailbox();
      names = await watchNames();
      bed = await openWebBed(HOSTILE, {
        args: ["--mail-from", "notemill@example.org"],
        env: { NOTEMILL_SMTP_URL: mailbox.url },
        names,
      });
      ({ page, platform } = bed);
      reader = hostileReader(bed);
      marker = join(bed.directory, "go on");
      await furnish(bed.home, { names: HOSTILE, marker, pointed: bed.pointed });
      // What a script could send away if it ran; the server's own cookie is for nobody to read.
      await bed.context.addCookies([{ name: "canary", value: "cookie", url: platform.url }]);
      await openTheApp();
    });
    afterAll(async () => {
      if (marker !== undefined) await writeFile(marker, "");
      await bed?.[Symbol.asyncDispose]();
      await mailbox?.[Symbol.asyncDispose]();
      await names?.[Symbol.asyncDispose]();
    });

    async function openTheApp(): Promise<void> {
      await page.goto(`${platform.url}/?token=${platform.token}`);
      await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
    }

    // Of much that is shown, all is drawn and pointed at.
    vi.setConfig({ testTimeout: 300_000 });

    it.each(HOSTILE)("%s does nothing in the page of the app", (name) => expectHarmless(bed, name));

    it("the page of a run that is under way, and of one that has failed, with its events, log, record and debugger", async () => {
      const asked = await platform.client.submitRun({
        path: "~/gallery.ipynb",
        parameters: new RawJson(JSON.stringify({ title: ACTIVE })),
        tags: ["javascript:alert"],
        deliveries: [{ on: ["failed"], to: { kind: "email", addresses: ["ann@example.org"] }, page: true }],
      });
      run = asked.id;
      const shown = async (): Promise<boolean> =>
        Buffer.from(await platform.client.getNotebook(run).catch(() => new Uint8Array())).includes(
          '"all is shown',
        );
      await expect.poll(shown, { timeout: 180_000 }).toBe(true);
      await reader.look(`/runs/${run}`, page.locator(".cell-outputs"));
      await writeFile(marker, "");
      await page.getByText("The run stopped here.").waitFor();
      const why = page.getByRole("region", { name: "Why it did not succeed" });
      expect(await why.innerText()).toContain(ERROR.name);
      await reader.lookAround();
      await reader.look(`/runs/${run}?show=events`, page.getByRole("link", { name: /has failed/ }));
      await reader.look(`/runs/${run}?show=log`, page.locator(".log"));
      await reader.look(`/runs/${run}?show=files`, page.getByRole("link", { name: `${ERROR.name}.html` }));
      await reader.look(`/runs?status=failed`, page.getByRole("row", { name: /Failed gallery/ }));
      await reader.look(`/status`, page.getByText("Memory that runs need"));
    });

    it("the mail that tells of it, and the page that comes with it", async () => {
      await expect.poll(() => mailbox.mails.length).toBe(1);
      const [mail = ""] = mailbox.mails;
      const [head = "", ...parts] = mail.split(/^--.*$/m);
      expect(head).not.toMatch(/^(?:Bcc|Cc|Reply-To):/im);
      const texts = parts.filter((it) => /^content-type: text\/plain/im.test(it));
      expect(texts).toHaveLength(1);
      const html = parts.find((it) => /^content-type: text\/html/im.test(it)) ?? "";
      expect(html).toMatch(/^content-disposition: attachment/im);
      expect(html).toMatch(/^content-transfer-encoding: base64/im);
      const file = join(bed.directory, "attachment.html");
      await writeFile(file, Buffer.from(html.split(/\r?\n\r?\n/)[1] ?? "", "base64"));
      expect(await readFile(file, "utf8")).toContain("all is shown");
      expect(await reader.open(pathToFileURL(file).href)).toBe("shown");
      await openTheApp();
    });

    it("comparisons of notebooks and of runs", async () => {
      const { id } = await platform.client.rerunRun(run, { parameters: new RawJson('{"turn":2}') });
      await follow(platform.client, id);
      const ready = page.locator(".cell-difference");
      await reader.look(`/compare?a=${run}&b=${id}`, ready);
      await reader.look(`/compare?a=${run}&b=${encodeURIComponent(homePath("gallery.ipynb"))}`, ready);
      // The gallery has the cells of all notebooks.
      for (const [index, name] of TELLING.entries()) {
        const other = TELLING[(index + 1) % TELLING.length] ?? "";
        const query = new URLSearchParams({ a: homePath(name), b: homePath(other) });
        await reader.look(`/compare?${query}`, ready);
      }
    });

    it("forms, schedules and sweeps with hostile values, and what they measured", async () => {
      const { client } = platform;
      const path = homePath("measure.ipynb");
      await reader.look(`${viewOf(path)}?run`, page.getByLabel("title"));
      await reader.look(`${viewOf(path)}?run=schedule`, page.getByLabel("Cron"));
      const schedule = await client.createSchedule({
        name: ERROR.name,
        path,
        spec: { kind: "cron", cron: "0 5 * * *", time_zone: "UTC" },
        parameters: new RawJson(JSON.stringify({ title: ACTIVE })),
      });
      await reader.look("/schedules", page.getByText(ERROR.name));
      await reader.look(`/schedules/${schedule.id}`, page.getByRole("heading", { name: ERROR.name }));
      await reader.look(`/schedules/${schedule.id}?show=settings`, page.getByText(ACTIVE, { exact: true }));
      const grid = new RawJson(JSON.stringify({ title: ["<b>", ACTIVE, "javascript:alert(1)"], turn: [1] }));
      const sweep = await client.submitSweep({ path, grid });
      await follow(client, sweep.id);
      await reader.look(`/runs/${sweep.id}`, page.getByRole("region", { name: "Table of the runs" }));
      await reader.look(`/runs/${sweep.id}?show=output`, page.locator(".notebook"));
      await reader.look(`/runs/${run}?again=`, page.getByLabel("title"));
    });

    it("workflows whose names, values, steps and mistakes are hostile", async () => {
      const { client } = platform;
      const definition = JSON.stringify({
        parameters: { region: ACTIVE },
        steps: [
          { key: "a", type: "notebook", path: "~/measure.ipynb", parameters: { title: ACTIVE } },
          { key: "b", type: "notebook", path: `${DIRECTORY}/${NAMED}`, depends_on: ["a"] },
        ],
      });
      const { workflow } = await client.applyWorkflow({
        name: ERROR.name,
        definition: new RawJson(definition),
      });
      if (workflow === null) throw new Error("it was applied");
      await reader.look("/workflows", page.getByRole("link", { name: ERROR.name }));
      await reader.look(`/workflows/${workflow.id}`, page.locator(".graph"));
      const started = await client.startWorkflow(workflow.id, { reason: ACTIVE.slice(0, 1000) });
      for await (const _event of client.followWorkflowRun(started.id));
      await reader.look(`/workflow-runs/${started.id}`, page.locator(".graph"));
      await page.getByRole("button", { name: /^b/ }).click();
      await reader.lookAround();

      await reader.look("/workflows", page.getByRole("button", { name: "New workflow …" }));
      await page.getByRole("button", { name: "New workflow …" }).click();
      await page
        .getByLabel("Definition as YAML")
        .fill(`name: "${ERROR.name}"\n"${ERROR.name}": 1\nsteps: [{ key: "${ERROR.name}", type: notebook }]`);
      await page.getByText(ERROR.name, { exact: false }).last().waitFor();
      await page
        .getByRole("button", { name: /^Line / })
        .first()
        .waitFor();
      // The server has looked at the template and at what was typed, and refuses both.
      await reader.lookAround(/status of 422/);
    });

    it("names, titles and excerpts: directories, files, search, the palette and links", async () => {
      await reader.look(viewOf(DIRECTORY), page.getByRole("link", { name: NAMED }));
      for (const name of Object.keys(FILES))
        await reader.look(viewOf(`${DIRECTORY}/${name}`), page.getByRole("heading", { name, level: 1 }));
      await reader.look(viewOf(`${DIRECTORY}/${NAMED}`), page.locator(".notebook"));
      await page.getByRole("button", { name: "Share …" }).click();
      await page.getByRole("dialog", { name: "Share" }).getByLabel("Note, for yourself").fill(ERROR.name);
      await page.getByRole("button", { name: "Make a link" }).click();
      await page.getByRole("listitem").getByText(ERROR.name).waitFor();
      await reader.lookAround();
      await page.keyboard.press("Escape");

      const words = "img onerror";
      await expect
        .poll(async () => (await platform.client.searchFiles({ q: words })).files.length)
        .toBeGreaterThan(0);
      await reader.look(`/search?q=${encodeURIComponent(words)}`, page.locator(".found-list a"));
      await reader.look(`/search?q=${encodeURIComponent(ACTIVE.slice(0, 150))}`, page.getByRole("searchbox"));
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("onerror");
      await page.getByRole("option").nth(1).waitFor();
      await reader.lookAround();
      await page.keyboard.press("Escape");

      await reader.look(viewOf(DIRECTORY), page.getByRole("button", { name: "Delete picture.png" }));
      await page.getByRole("button", { name: "Delete __proto__.yaml" }).click();
      const toast = page.locator(".toast", { hasText: "__proto__.yaml is deleted" });
      await toast.waitFor();
      await toast.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("link", { name: "__proto__.yaml" }).waitFor();
      await reader.lookAround();
    });

    it("what is behind a link: notebooks, the directory, every file, and a run", async () => {
      const { client } = platform;
      const all = await client.createLink({ kind: "path", path: homePath("") });
      const at = (...names: readonly string[]): string =>
        [new URL(all.url).pathname, ...names.map(encodeURIComponent)].join("/");
      for (const name of TELLING)
        expect([name, await reader.open(platform.url + at(name))]).toEqual([name, "shown"]);
      const below = DIRECTORY.split("/").at(-1) ?? "";
      expect(await reader.open(platform.url + at(below))).toBe("shown");
      expect(await page.getByRole("listitem").count()).toBe(Object.keys(FILES).length + 1);
      for (const name of Object.keys(FILES))
        expect([name, await reader.open(platform.url + at(below, name))]).toEqual([name, "saved"]);
      const { url } = await client.createLink({ kind: "run", run_id: run });
      expect(await reader.open(platform.url + new URL(url).pathname)).toBe("shown");
      expect(bed.canary.connections()).toBe(0);
      await openTheApp();
    });

    it("every address of raw bytes says that they are nobody's page, and opens as nothing that acts", async () => {
      const paths = [
        ...Object.keys(FILES).map((name) => `${DIRECTORY}/${name}`),
        `${DIRECTORY}/${NAMED}`,
        homePath(TELLING[0] ?? ""),
      ];
      const addresses = await addressesOf(platform, { paths, run, artifact: `${ERROR.name}.html` });
      expect(addresses.length).toBeGreaterThan(80);
      const answers: RawAnswer[] = [];
      for (const address of addresses) answers.push(await askRaw(address, platform.token));
      // What a browser then does is another question.
      expect.soft(answers.flatMap(({ problems }) => problems)).toEqual([]);
      const shown = answers.filter(({ isSaved }) => !isSaved);
      // A browser does the same with all that it saves.
      const saved = answers.filter(({ isSaved }) => isSaved).slice(0, MOST_SAVED);
      for (const { address } of [...shown, ...saved]) await reader.open(address);
      await openTheApp();
    });

    it("no name was ever looked up, though a page that is opened by itself can have that done", async () => {
      await bed.context.close();
      expect(names.count()).toBe(0);
      await writeFile(join(bed.home, "hints.html"), HINTS);
      const { url } = await platform.client.createOutputUrl({ path: homePath("hints.html"), active: false });
      await using other = await watchNames();
      await using canary = await openCanary();
      const place = `${other.examples}:${canary.httpPort}`;
      const context = await launchWithProfile(join(bed.directory, "other"), place, {
        args: other.browserArgs,
      });
      const [first] = context.pages();
      await first?.goto(url);
      // Who connects has looked the name up, which the browser does when it has the time.
      await expect.poll(canary.connections).toBeGreaterThan(0);
      await context.close();
      expect(other.count()).toBeGreaterThan(0);
    });
  },
);
