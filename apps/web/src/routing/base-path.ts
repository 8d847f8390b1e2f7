/**
 * The path that the server has put the app below, without a slash at the end; empty where it is at the root.
 *
 * The app's own code is in `assets` there, so its address tells.
 */
export const BASE_PATH: string = new URL(/* @vite-ignore */ "..", import.meta.url).pathname.replace(
  /\/$/,
  "",
);

/** An address of the app as the browser needs it. */
export function withBase(href: string): string {
  return BASE_PATH + href;
}
