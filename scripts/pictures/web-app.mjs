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
async function pagesOf({ run, ended }) {
  const succeeded = await ended(await run("report", { year: 2015 }));
  const failed = await ended(await run("failing"));
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
    schedules: { path: "/schedules?path=/shared/examples/report.ipynb", shows: ".slots" },
    "not-found": { path: "/view/nothing", shows: ".problem" },
  };
}

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
  const ask = async (path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const run = async (name, parameters = {}) => {
    const answer = await ask("/runs", { path: `/shared/examples/${name}.ipynb`, parameters });
    return (await answer.json()).id;
  };
  const ended = async (id) => {
    // The stream of events ends with the run.
    await (await ask(`/runs/${id}/events`)).text();
    return id;
  };
  return {
    url,
    token,
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
