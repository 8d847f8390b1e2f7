import { mkdir, rm } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "../../packages/html-export/test/chromium.ts";
import { startPlatform, type TestPlatform } from "../support/platform.ts";
import { type OpenApp, openApp } from "./open-app.ts";

/** A server of its own, and its app in a browser of its own, signed in. */
export interface AppBed extends OpenApp, AsyncDisposable {
  readonly platform: TestPlatform;
}

/** A directory for an {@link AppBed}: what lies in `home` is what the user has. */
export interface AppPlace {
  readonly directory: string;
  readonly home: string;
}

/** Names a new directory, which {@link openAppBed} makes and its bed takes away. */
export function newAppPlace(): AppPlace {
  const directory = mkdtempSync(join(tmpdir(), "notemill-app-"));
  return { directory, home: join(directory, "home") };
}

/** Starts one over the files that `fill` writes. */
export async function openAppBed(
  { directory, home }: AppPlace,
  fill: () => Promise<unknown>,
): Promise<AppBed> {
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  await mkdir(home);
  await fill();
  const platform = opened.use(await startPlatform(directory));
  const browser = await launchChromium();
  opened.defer(() => browser.close());
  const app = await openApp(browser, platform);
  const closing = opened.move();
  return { ...app, platform, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}
