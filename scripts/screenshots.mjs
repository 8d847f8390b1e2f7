// Makes docs/images anew from real runs: npm run screenshots. Needs Chromium (apt-get install chromium).
import { mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup/paths.mjs";
import { main, setUp } from "./setup/set-up.mjs";
import { SetupError } from "./setup/step.mjs";
import { openBrowser } from "./pictures/browser.mjs";
import { takeDemonstration } from "./pictures/demonstration.mjs";
import { runShown } from "./pictures/run-shown.mjs";
import { terminalPage } from "./pictures/terminal-page.mjs";
import { takeWebPictures } from "./pictures/web-app.mjs";

/** A picture in a README should not keep a reader waiting. */
const MOST_BYTES = 200_000;

const REPORT = "report.ipynb";
const SWEEP = "sweep examples/experiment.ipynb --cwd examples --grid alpha=0.2,0.4,0.6,0.8";

await main(async () => {
  await setUp();
  const directory = mkdtempSync(join(tmpdir(), "notemill-pictures-"));
  symlinkSync(join(root, "examples"), join(directory, "examples"));
  const browser = await openBrowser();
  try {
    // Every page at three widths in both themes, to look at: npm run screenshots -- --pages DIRECTORY [PAGE …]
    const [option, pages, ...only] = process.argv.slice(2);
    if (option === "--pages") await takeWebPictures(browser, { directory: pages, isEveryPage: true, only });
    else await takePictures(directory, browser);
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
});

async function takePictures(directory, browser) {
  const shown = (words, exitCode = 0) => runShown(words, { cwd: directory, exitCode });
  const take = async (name, source, options) => {
    const path = join(root, "docs", "images", `${name}.png`);
    await browser.take(path, source, options);
    const { size } = statSync(path);
    console.log(`docs/images/${name}.png  ${(size / 1000).toFixed(0)} KB`);
    if (size > MOST_BYTES) throw new SetupError(`${path} has ${size} bytes, more than ${MOST_BYTES}`);
  };
  const page = (name) => ({ url: pathToFileURL(join(directory, name)).href });

  await takeWebPictures(browser, { directory: join(root, "docs", "images"), isEveryPage: false });
  takeDemonstration(join(root, "docs", "images"));
  await shown(`run examples/${REPORT} ${REPORT} --cwd examples -p year 2015`);
  await shown(`export ${REPORT} --no-input`);
  for (const theme of ["light", "dark"]) {
    await take(`report-${theme}`, page("report.html"), { width: 900, height: 1100, theme });
  }

  await shown("run examples/failing.ipynb failing.ipynb --cwd examples", 1);
  await shown("export failing.ipynb");
  await take("failed-run", page("failing.html"), { width: 1000, theme: "light" });

  const output = await shown(SWEEP);
  const terminal = terminalPage(`./notemill ${SWEEP}`, output);
  await take("sweep", { html: terminal }, { width: 900, theme: "dark", only: "main" });
}
