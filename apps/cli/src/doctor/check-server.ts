import { type ClientOptions, createClient, type PlatformClient } from "@notemill/client";
import { isCodedError } from "@notemill/errors";
import { NOTEMILL_VERSION } from "@notemill/executor";
import type { Finding } from "./check-machine.ts";

/** Clocks that are further apart than this make times in records hard to compare, in milliseconds. */
const CLOCK_MS = 2000;

/** Looks at a server from here: whether it can be reached, takes work, and has somebody to do it. Changes nothing. */
export async function checkServer(server: ClientOptions): Promise<readonly Finding[]> {
  const subject = `server ${server.serverUrl}`;
  const client = createClient(server);
  try {
    const askedAt = Date.now();
    const { version, time } = await client.health();
    const apartMs = Date.parse(time) - (askedAt + Date.now()) / 2;
    return [
      version === NOTEMILL_VERSION
        ? { level: "ok", subject, message: `version ${version}` }
        : {
            level: "warning",
            subject,
            message: `it has version ${version}, and this command ${NOTEMILL_VERSION}`,
            remedy: "use the same version on both",
          },
      clockFinding(Math.abs(apartMs)),
      await checkReadiness(client),
      await checkRunners(client),
    ];
  } catch (error) {
    return [
      {
        level: "error",
        subject,
        message: messageOf(error),
        remedy: "start it with notemill serve, or name another one with --server",
      },
    ];
  }
}

function clockFinding(apartMs: number): Finding {
  const subject = "clock";
  if (apartMs < CLOCK_MS) return { level: "ok", subject, message: "this machine and the server agree" };
  return {
    level: "warning",
    subject,
    message: `this machine and the server are ${(apartMs / 1000).toFixed(0)} s apart`,
    remedy: "set the clocks by NTP: times in records come from both",
  };
}

async function checkReadiness(client: PlatformClient): Promise<Finding> {
  const subject = "database and records";
  try {
    await client.ready();
    return { level: "ok", subject, message: "the server can use both" };
  } catch (error) {
    return { level: "error", subject, message: messageOf(error), remedy: "look into the log of the server" };
  }
}

async function checkRunners(client: PlatformClient): Promise<Finding> {
  const subject = "runners";
  try {
    const text = await client.metrics();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
    const [runners, waiting] = [value("notemill_runners"), value("notemill_queue_depth")];
    const stranded = strandedIn(text);
    const counted = `${runners} were heard of lately, ${waiting} attempts wait`;
    if (runners > 0 && stranded.length > 0) {
      const message = `${counted}, some of them for labels that no runner has`;
      const words = stranded.map((labels) => labels.map((label) => `--label ${label}`).join(" "));
      const remedy = `start one: notemill runner --server URL ${words.join(", or ")}`;
      return { level: "error", subject, message, remedy };
    }
    if (runners > 0) return { level: "ok", subject, message: counted };
    const remedy = "start one: notemill runner --server URL";
    return { level: waiting > 0 ? "error" : "warning", subject, message: counted, remedy };
  } catch (error) {
    return { level: "error", subject, message: messageOf(error) };
  }
}

/** The sets of labels that something waits for and no runner has, as the numbers of a server have them. */
function strandedIn(text: string): readonly (readonly string[])[] {
  const found = text.matchAll(/^notemill_queue_stranded\{labels="([^"]*)"\} [1-9]/gm);
  return [...found].map(([, labels = ""]) => labels.split(" ").filter((label) => label !== ""));
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return isCodedError(error) ? `${message} (${error.code})` : message;
}
