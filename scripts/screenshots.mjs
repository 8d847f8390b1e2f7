// Makes docs/images anew from real runs: npm run screenshots. Needs Chromium (apt-get install chromium).
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup/paths.mjs";
import { main, setUp } from "./setup/set-up.mjs";
import { SetupError } from "./setup/step.mjs";
import { openBrowser } from "./pictures/browser.mjs";
import { takeDemonstration } from "./pictures/demonstration.mjs";
import { allPictures } from "./pictures/picture-list.mjs";
import { runShown } from "./pictures/run-shown.mjs";
import { terminalPage } from "./pictures/terminal-page.mjs";
import { takeWebPictures } from "./pictures/web-app.mjs";

/** A picture in a README should not keep a reader waiting. */
const MOST_BYTES = 200_000;

const IMAGES = join(root, "docs", "images");
const REPORT = "report.ipynb";
const SWEEP = "sweep examples/experiment.ipynb --cwd examples --grid alpha=0.2,0.4,0.6,0.8";

await main(async () => {
  await setUp();
  const directory = mkdtempSync(join(tmpdir(), "notemill-pictures-"));
  symlinkSync(join(root, "examples"), join(directory, "examples"));
  const browser = await openBrowser();
  try {
    // The pages of the web app alone, to look at: npm run screenshots -- --pages DIRECTORY [PAGE …]
    const [option, pages, ...only] = process.argv.slice(2);
    if (option === "--pages") {
      mkdirSync(pages, { recursive: true });
      await takeWebPictures(browser, { directory: pages, only });
    } else await takePictures(directory, browser);
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
});

async function takePictures(directory, browser) {
  // What no document shows any longer goes.
  rmSync(join(IMAGES, "pages"), { recursive: true, force: true });
  mkdirSync(join(IMAGES, "pages"), { recursive: true });
  const shown = (words, exitCode = 0) => runShown(words, { cwd: directory, exitCode });
  const take = (name, source, options) => browser.take(join(IMAGES, `${name}.png`), source, options);
  const page = (name) => ({ url: pathToFileURL(join(directory, name)).href });

  await takeWebPictures(browser, { directory: join(IMAGES, "pages") });
  takeDemonstration(IMAGES);
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
  weigh();
}

/** Sees that every picture is there, and that none is too large. */
function weigh() {
  const sizes = allPictures().map((name) => ({ name, size: statSync(join(IMAGES, name)).size }));
  const tooLarge = sizes.filter(({ size }) => size > MOST_BYTES).map(({ name }) => name);
  if (tooLarge.length > 0)
    throw new SetupError(`more than ${MOST_BYTES} bytes are in ${tooLarge.join(", ")} of ${IMAGES}`);
  const all = sizes.reduce((sum, { size }) => sum + size, 0);
  console.log(`docs/images: ${sizes.length} pictures, ${(all / 1_000_000).toFixed(1)} MB`);
}
