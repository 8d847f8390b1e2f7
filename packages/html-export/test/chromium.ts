import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { commandRequirement, type Requirement } from "../../../tests/requirements.ts";

/** How long something may take in a page on a machine that is busy, in milliseconds. */
export const PAGE_PATIENCE_MS = 90_000;

/** The system's Chromium, in which pages are looked at. */
export const CHROMIUM: Requirement = commandRequirement("Chromium", "chromium", "apt-get install chromium");

/**
 * Starts Chromium without a window, and without what it does on the network by itself.
 *
 * @param examples - Where every name under `.example` leads, as `127.0.0.1:PORT`; no other name is known.
 */
export function launchChromium(examples = "~NOTFOUND"): Promise<Browser> {
  return chromium.launch({ executablePath: commandPath("chromium"), args: wordsOf(examples) });
}

/**
 * Starts Chromium as a person does, with a profile: only then does it look names up and connect before
 * it has to, as pages may ask it to.
 *
 * @param profile - A directory of its own.
 * @param examples - As for {@link launchChromium}.
 * @param more - Further words of its command line, and what pages are like in it.
 */
export function launchWithProfile(
  profile: string,
  examples: string,
  { args = [], ...more }: BrowserContextOptions & { readonly args?: readonly string[] },
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: commandPath("chromium"),
    args: [...wordsOf(examples), ...args],
    ...more,
  });
}

function wordsOf(examples: string): string[] {
  return [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--host-resolver-rules=MAP *.example ${examples}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
  ];
}

function commandPath(name: string): string {
  const paths = (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, name));
  return paths.find((path) => existsSync(path)) ?? name;
}
