import { createHash } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { encodeJson } from "@notemill/json";
import type { RunEvent } from "@notemill/executor";
import { logLines } from "./log-lines.ts";
import type { WireEvent } from "./wire-event.ts";

/** The two files of a record that grow while the attempt runs. */
export interface GrowingFiles {
  /** Adds an event, and what was made of it for the server. */
  add(event: RunEvent, wires: readonly WireEvent[]): void;
  /** Writes what is left and closes. */
  close(): Promise<void>;
}

/** Opens `events.jsonl` and `log.txt` in the directory of a record. */
export async function openGrowingFiles(directory: string): Promise<GrowingFiles> {
  const events = await open(join(directory, "events.jsonl"), "wx");
  const log = await open(join(directory, "log.txt"), "wx");
  let last: Promise<unknown> = Promise.resolve();
  const append = (file: FileHandle, text: string): void => {
    if (text !== "") last = last.then(() => file.appendFile(text));
    // Awaited by `close`.
    last.catch(() => undefined);
  };
  return {
    add(event, wires) {
      append(events, wires.map(({ kind, at, data }) => `${encodeJson({ at, kind, data })}\n`).join(""));
      append(log, logLines(event, wires[0]?.at ?? ""));
    },
    async close() {
      try {
        await last;
      } finally {
        await events.close();
        await log.close();
      }
    },
  };
}

/** One file that is handed in. */
export interface RecordFile {
  /** Path below the record's directory, with slashes. */
  readonly name: string;
  readonly sha256: string;
  /** Read when it is sent. */
  readonly bytes: Blob;
}

/** Reads the files of a record one by one, in the order of names. */
export async function* readRecordFiles(directory: string): AsyncGenerator<RecordFile> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  for (const name of names.sort()) {
    const path = join(directory, name);
    const hash = createHash("sha256");
    for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
    yield { name, sha256: hash.digest("hex"), bytes: await openAsBlob(path) };
  }
}
