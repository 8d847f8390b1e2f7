import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";

const WIDTHS = [1440, 1024, 390];
const HEIGHT = 900;

/** Pictures of the guide, of {@link pagesOf}: name, width and theme. */
const IN_THE_GUIDE = [
  ["notebook", 1200, "light"],
  ["run", 1200, "dark"],
  ["failed", 1200, "light"],
];

/**
 * Takes pictures of the web app: those of the guide, or every page at three widths in both themes.
 *
 * @param only - Names of pages, to leave out the others. Default: all.
 */
export async function takeWebPictures(browser, { directory, isEveryPage, only = [] }) {
  const server = await startShownServer();
  try {
    const pages = await pagesOf(server);
    const wanted = isEveryPage
      ? Object.keys(pages)
          .filter((name) => only.length === 0 || only.includes(name))
          .flatMap((name) =>
            WIDTHS.flatMap((width) => ["light", "dark"].map((theme) => [name, width, theme])),
          )
      : IN_THE_GUIDE;
    // Under this name outputs have a host of their own.
    const context = { url: server.url.replace("127.0.0.1", "localhost"), token: server.token };
    for (const [name, width, theme] of wanted) {
      const file = isEveryPage ? `${name}-${width}-${theme}` : `web-${name}`;
      await browser.takeSignedIn(join(directory, `${file}.png`), pages[name], {
        ...context,
        width,
        theme,
        height: HEIGHT,
      });
      console.log(`${file}.png`);
    }
  } finally {
    await server.close();
  }
}

/** The pages by name: their addresses, and what is there once all is. */
async function pagesOf({ ask, run, ended }) {
  const before = await ended(await run("report", { year: 2014 }));
  const succeeded = await ended(await run("report", { year: 2015 }));
  const failed = await ended(await run("failing"));
  const grid = { alpha: [0.2, 0.4, 0.6, 0.8], horizon: [1, 7] };
  const sweep = await ended(await ask("/sweeps", { path: "/shared/examples/experiment.ipynb", grid }));
  const workflow = await ask("/workflows", { name: "weather", definition: WEATHER });
  const workflowRun = await ask(`/workflows/${workflow}/runs`, {});
  await ended(workflowRun, "workflow-runs");
  const examples = "/view/shared/examples";
  return {
    start: { path: "/", shows: "table" },
    directory: { path: examples, shows: "table" },
    notebook: { path: `${examples}/report.ipynb?run`, shows: ".run-form" },
    file: { path: `${examples}/README.md`, shows: ".plain-text" },
    runs: { path: "/runs", shows: "table" },
    run: { path: `/runs/${succeeded}`, shows: ".cell-outputs img" },
    failed: { path: `/runs/${failed}`, shows: ".stopped-here" },
    share: {
      path: `${examples}/report.ipynb`,
      press: "Share …",
      shows: ".share [type=submit]",
    },
    search: { path: "/search?q=weather", shows: ".found-list" },
    table: { path: `${examples}/data/seattle-weather.csv`, shows: ".table-grid td" },
    "schedule-form": { path: `${examples}/report.ipynb?run=schedule`, shows: ".slots li" },
    sweep: { path: `/runs/${sweep}`, shows: "table" },
    compare: { path: `/compare?a=${before}&b=${succeeded}`, shows: ".cell-difference" },
    workflows: { path: "/workflows", shows: "table" },
    workflow: { path: `/workflows/${workflow}`, shows: ".graph" },
    "workflow-run": { path: `/workflow-runs/${workflowRun}`, shows: ".graph" },
    status: { path: "/status", shows: "table" },
    schedules: { path: "/schedules?path=/shared/examples/report.ipynb", shows: ".slots" },
    "not-found": { path: "/view/nothing", shows: ".problem" },
  };
}

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
  const run = (name, parameters = {}) => ask("/runs", { path: `/shared/examples/${name}.ipynb`, parameters });
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
