import { type Browser, chromium } from "playwright-core";
import { commandRequirement, type Requirement } from "../../../tests/requirements.ts";

/** The system's Chromium, in which pages are looked at. */
export const CHROMIUM: Requirement = commandRequirement("Chromium", "chromium", "apt-get install chromium");

/**
 * Starts Chromium without a window, and without what it does on the network by itself.
 *
 * @param examples - Where every name under `.example` leads, as `127.0.0.1:PORT`; no other name is known.
 */
export function launchChromium(examples = "~NOTFOUND"): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--host-resolver-rules=MAP *.example ${examples}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
}
