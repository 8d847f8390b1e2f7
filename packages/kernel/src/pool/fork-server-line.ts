import type { Duplex } from "node:stream";
import type { ForkServerEvent, ForkServerRequest } from "./fork-server-event.ts";

/** The way to a fork server: one line of JSON for each message. */
export interface ForkServerLine {
  send(request: ForkServerRequest): void;
  close(): void;
}

/** Talks over `stream`, which must be a socket that nobody but the fork server's program can write to. */
export function openForkServerLine(
  stream: Duplex,
  onEvent: (event: ForkServerEvent) => void,
): ForkServerLine {
  let received = "";
  // The exit of the process, which is watched, tells of a broken line.
  stream.on("error", () => {});
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (received + text).split("\n");
    received = lines.pop() ?? "";
    for (const line of lines) onEvent(JSON.parse(line) as ForkServerEvent);
  });
  return {
    send: (request) => void stream.write(`${JSON.stringify(request)}\n`),
    close: () => void stream.end(),
  };
}
