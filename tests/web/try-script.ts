import type { LanesDriver } from "./lanes-driver.ts";

/** Makes a notebook of an output with this script, activates it, waits until it has tried, and expects nothing of it. */
export async function tryScript(lanes: LanesDriver, script: string): Promise<void> {
  const done =
    "<script>const done = () => { (document.body ?? document.documentElement).dataset.tried = '' }</script>";
  await openAndActivate(lanes, "attempt.ipynb", `${done}<script>${script}</script>`);
  await lanes.page.frameLocator("iframe").locator("[data-tried]").waitFor({ state: "attached" });
  await lanes.expectNothing();
}

/** The same with a script that ends its document by going away. */
export async function tryDeparture(lanes: LanesDriver, script: string): Promise<void> {
  const { page } = lanes;
  const gone = page.waitForEvent(
    "framenavigated",
    (frame) => frame !== page.mainFrame() && !frame.url().includes("/outputs/frames/"),
  );
  await openAndActivate(lanes, "departure.ipynb", `<p>before</p><script>${script}</script>`);
  // The browser puts a page of its own in its place, or the server one that says no.
  await gone;
  await lanes.expectNothing();
}

async function openAndActivate(lanes: LanesDriver, name: string, html: string): Promise<void> {
  await lanes.write(name, [{ "text/html": html, "text/plain": "<IPython.core.display.HTML object>" }]);
  await lanes.open(name);
  await lanes.page.getByRole("button", { name: "Activate HTML" }).click();
}
