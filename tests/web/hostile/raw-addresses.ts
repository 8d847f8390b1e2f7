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
  const { workflows } = await client.listWorkflows();
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
    ...workflows.flatMap(({ id }) => [`/api/v1/workflows/${id}`, `/api/v1/workflows/${id}/definition`]),
    "/api/v1/runs",
    "/api/v1/workflow-runs",
    "/api/v1/schedules",
    "/api/v1/links",
    `/api/v1/runs/${run}`,
    `/api/v1/search?${query({ q: "onerror" })}`,
  ].map((address) => url + address);
  for (const path of paths)
    found.push(url + new URL((await client.createLink({ kind: "path", path })).url).pathname);
  for (const path of paths)
    for (const active of [false, true])
      for (const asker of [client, apart]) found.push((await asker.createOutputUrl({ path, active })).url);
  return found;
}

/** How an answer of raw bytes is taken by a browser. */
export interface RawAnswer {
  readonly address: string;
  /** Whether a browser saves it. */
  readonly isSaved: boolean;
  /** What is wrong with its headers. */
  readonly problems: readonly string[];
}

/**
 * Asks whether an answer is in a sandbox whatever it is taken for, that its type is not guessed, and that a
 * browser saves it, or shows it without loading anything.
 */
export async function askRaw(address: string, token: string): Promise<RawAnswer> {
  const { status, headers, body } = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  await body?.cancel();
  const of = (name: string): string => headers.get(name) ?? "";
  const policy = of("content-security-policy");
  const type = of("content-type");
  const disposition = of("content-disposition");
  const isSaved = disposition.startsWith("attachment;");
  const isData = /^(?:application\/(?:(?:problem\+)?json|yaml)|text\/event-stream)(?:;|$)/.test(type);
  // A share link shows a notebook as a page.
  const isShownAs = disposition.startsWith("inline") || address.includes("/share/");
  const isShown = isShownAs && policy.includes("default-src 'none'");
  const isActive = policy.includes("allow-scripts");
  const rules: Readonly<Record<string, boolean>> = {
    "an answer": status === 200,
    "a type that is not guessed": of("x-content-type-options") === "nosniff",
    "a sandbox":
      /(?:^|; )sandbox(?: allow-scripts| allow-popups allow-popups-to-escape-sandbox)?(?:;|$)/.test(policy),
    "a way to be taken": isSaved || isData || isShown,
    "a type that no browser shows":
      !isSaved || /^application\/(?:octet-stream|x-ipynb\+json|x-tar)$/.test(type),
    "no connections between browsers": !isActive || policy.includes("webrtc 'block'"),
    "an origin that no page has": of("cross-origin-resource-policy") !== "",
  };
  const missing = Object.entries(rules).flatMap(([name, isKept]) => (isKept ? [] : [name]));
  return { address, isSaved, problems: missing.map((name) => `${address} lacks ${name}`) };
}
