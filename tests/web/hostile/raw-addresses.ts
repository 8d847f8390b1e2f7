import { expect } from "vitest";
import { createClient } from "../../../packages/client/src/index.ts";
import type { TestPlatform } from "../../support/platform.ts";

/** What there is to be had as it is. */
interface RawThings {
  /** Virtual paths of files. */
  readonly paths: readonly string[];
  /** A run that has failed. */
  readonly run: string;
  /** A file that the run has left. */
  readonly artifact: string;
}

/** Every address at which the server gives bytes that somebody has written. */
export async function addressesOf(
  { url, token, client }: TestPlatform,
  { paths, run, artifact }: RawThings,
): Promise<readonly string[]> {
  // Under this name outputs have a host of their own.
  const apart = createClient({ serverUrl: url.replace("127.0.0.1", "localhost"), token });
  const encoded = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
  const query = (words: Readonly<Record<string, string>>): string => new URLSearchParams(words).toString();
  const found = [
    `/api/v1/runs/${run}/notebook`,
    `/api/v1/runs/${run}/archive`,
    `/api/v1/runs/${run}/artifacts/file?${query({ name: artifact })}`,
    `/api/v1/runs/${run}/events`,
    ...["manifest.json", "output.ipynb", "events.jsonl", "log.txt", `artifacts/${artifact}`].map(
      (name) => `/api/v1/runs/${run}/records/1/file?${query({ name })}`,
    ),
    ...paths.flatMap((path) => [
      `/api/v1/files/content?${query({ path })}`,
      `/api/v1/files?${query({ path })}`,
      `/files${encoded(path)}`,
      `/api/contents${encoded(path)}`,
    ]),
  ].map((address) => url + address);
  for (const path of paths)
    for (const active of [false, true])
      for (const asker of [client, apart]) found.push((await asker.createOutputUrl({ path, active })).url);
  return found;
}

/**
 * Expects that an answer is in a sandbox whatever it is taken for, that its type is not guessed, and that a
 * browser saves it, or shows it without loading anything.
 *
 * @returns Whether it saves it.
 */
export async function expectHeaders(address: string, token: string): Promise<boolean> {
  const { status, headers, body } = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  await body?.cancel();
  const policy = headers.get("content-security-policy") ?? "";
  const type = headers.get("content-type") ?? "";
  const disposition = headers.get("content-disposition") ?? "";
  expect([address, status, headers.get("x-content-type-options")]).toEqual([address, 200, "nosniff"]);
  expect([address, policy]).toEqual([
    address,
    expect.stringMatching(/(?:^|; )sandbox(?: allow-scripts)?(?:;|$)/),
  ]);
  const isData = /^(?:application\/(?:problem\+)?json|text\/event-stream)(?:;|$)/.test(type);
  const isShown = disposition.startsWith("inline") && policy.includes("default-src 'none'");
  expect([address, isData || isShown || disposition.startsWith("attachment;")]).toEqual([address, true]);
  if (policy.includes("allow-scripts")) expect(policy).toContain("webrtc 'block'");
  return disposition.startsWith("attachment;");
}
