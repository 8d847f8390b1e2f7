import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { LOOKS, pictureFile } from "./picture-list.mjs";
import { SHOWN_PAGES } from "./shown-pages.mjs";

/**
 * Takes pictures of the pages of the web app, at three widths in both themes.
 *
 * @param only - Names of pages, to leave out the others. Default: all.
 */
export async function takeWebPictures(browser, { directory, only = [] }) {
  const wanted = SHOWN_PAGES.filter(({ name }) => only.length === 0 || only.includes(name));
  const server = await startShownServer();
  try {
    const ids = await furnish(server);
    // Under this name outputs have a host of their own.
    const address = { url: server.url.replace("127.0.0.1", "localhost"), token: server.token };
    for (const { screen, theme } of LOOKS) {
      const app = await browser.openApp(address, { ...screen, theme });
      for (const page of wanted)
        await app.take(join(directory, pictureFile(page, { screen, theme })), {
          ...page,
          path: page.path(ids),
        });
      await app.close();
      console.log(`${wanted.length} pages, ${screen.width} pixels wide, ${theme}`);
    }
  } finally {
    await server.close();
  }
}

/** Makes what the pages show, and gives its ids. */
async function furnish({ ask, run, ended }) {
  const before = await ended(await run("report", { year: 2014 }));
  const succeeded = await ended(await run("report", { year: 2015 }));
  const grid = { alpha: [0.2, 0.4, 0.6, 0.8], horizon: [1, 7] };
  const sweep = await ended(await ask("/sweeps", { path: "/shared/examples/experiment.ipynb", grid }));
  const workflow = await ask("/workflows", { name: "weather", definition: WEATHER });
  const workflowRun = await ended(await ask(`/workflows/${workflow}/runs`, {}), "workflow-runs");
  const schedule = await ask("/schedules", WEEKDAYS);
  for (const slot of ["2026-11-26T07:30:00Z", "2026-11-27T07:30:00Z"])
    await ended(await ask(`/schedules/${schedule}/run`, { slot }));
  const failed = await ended(await run("failing", {}, { keep_kernel_ms: 3_600_000 }));
  return { before, succeeded, sweep, workflow, workflowRun, schedule, failed };
}

/** A schedule of an example, with a parameter that follows the slot. */
const WEEKDAYS = {
  path: "/shared/examples/report.ipynb",
  name: "weather on weekdays",
  spec: { kind: "cron", cron: "30 7 * * 1-5", time_zone: "Europe/London" },
  parameters: { year: { cel: "trigger.slot.getFullYear() - 11" } },
  follows: "promoted",
};

/** A workflow of the examples, in which one step waits for two. */
const WEATHER = {
  steps: [
    { key: "audit", type: "notebook", path: "/shared/examples/audit.ipynb" },
    { key: "experiment", type: "notebook", path: "/shared/examples/experiment.ipynb" },
    {
      key: "report",
      type: "notebook",
      path: "/shared/examples/report.ipynb",
      depends_on: ["audit", "experiment"],
      trigger_rule: "all_done",
    },
  ],
};

/**
 * Starts a server with the examples, on data of its own.
 *
 * @returns Its address and token, and what runs an example; whoever starts it closes it.
 */
async function startShownServer() {
  const directory = mkdtempSync(join(tmpdir(), "notemill-pictures-"));
  const data = join(directory, "data");
  const args = ["serve", "--data", data, "--home", join(directory, "home"), "--port", "0", "--examples"];
  const server = spawn(join(root, "notemill"), args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve, reject) => {
    server.once("close", () => reject(new Error("the server did not start")));
    server.stdout.on("data", (text) => String(text).includes("data directory") && resolve());
  });
  const { url } = JSON.parse(readFileSync(join(data, "server.json"), "utf8"));
  const token = readFileSync(join(data, "token"), "utf8").trim();
  const send = async (path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  /** Asks for something to be made, and gives its id. */
  const ask = async (path, body) => {
    const made = await (await send(path, body)).json();
    return made.id ?? made.workflow.id;
  };
  const run = (name, parameters, options = {}) =>
    ask("/runs", { path: `/shared/examples/${name}.ipynb`, parameters, ...options });
  const ended = async (id, kind = "runs") => {
    // The stream of events ends with the run.
    await (await send(`/${kind}/${id}/events`)).text();
    return id;
  };
  return {
    url,
    token,
    ask,
    run,
    ended,
    async close() {
      const gone = new Promise((resolve) => server.once("close", resolve));
      server.kill("SIGTERM");
      await gone;
      rmSync(directory, { recursive: true });
    },
  };
}
