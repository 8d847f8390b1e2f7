import { createTarPacker } from "modern-tar";
import { archiveText } from "../src/records/archive/archive-form.ts";
import { sha256Of } from "../src/records/write-once.ts";

/** What somebody who makes a record by hand may say. */
export interface Forged {
  readonly run: string;
  readonly seq: number;
  readonly previous: string | null;
  readonly attempt?: number;
  /** Default: as the folder has it. */
  readonly saidRun?: string;
  readonly saidAttempt?: number;
  readonly attemptId?: string;
  /** Text by name. Default: none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Instead of what is said of the files. */
  readonly saidFiles?: readonly object[];
  /** More of what the manifest says of the run, of the attempt, and beside them. */
  readonly ofRun?: object;
  readonly ofAttempt?: object;
  readonly more?: object;
}

const AT = "2026-11-02T03:04:05.000Z";

/** The folder of a record. */
export function folderOf({ run, attempt = 1 }: Forged): string {
  return `2026/11/${run}/${attempt}`;
}

/** The bytes of its manifest. */
export function manifestOf(forged: Forged): Buffer {
  const { run, seq, previous, attempt = 1, saidRun, saidAttempt, attemptId: id, files = {} } = forged;
  const listed = Object.entries(files).map(([name, text]) => ({
    name,
    sha256: sha256Of(Buffer.from(text)),
    size: Buffer.byteLength(text),
  }));
  const manifest = {
    format: "notemill.record/1",
    seq,
    previous_sha256: previous,
    run: {
      id: saidRun ?? run,
      owner: "ann",
      path: "/home/ann/a.ipynb",
      created_at: AT,
      ...forged.ofRun,
    },
    attempt: {
      ...(id === undefined ? {} : { id }),
      number: saidAttempt ?? attempt,
      status: "succeeded",
      created_at: AT,
      finished_at: AT,
      ...forged.ofAttempt,
    },
    source: { sha256: "0".repeat(64) },
    files: forged.saidFiles ?? listed,
    ...forged.more,
  };
  return Buffer.from(JSON.stringify(manifest));
}

/** All files of a record, by their paths. */
export function filesOf(forged: Forged): ReadonlyMap<string, Buffer> {
  const folder = folderOf(forged);
  const files = Object.entries(forged.files ?? {}).map(
    ([name, text]) => [`${folder}/${name}`, Buffer.from(text)] as const,
  );
  return new Map([[`${folder}/manifest.json`, manifestOf(forged)], ...files]);
}

/** An archive of records. */
export function archiveBytes(archiveOf: string, records: readonly Forged[]): AsyncIterable<Uint8Array> {
  const listed = records.map((record) => ({
    seq: record.seq,
    sha256: sha256Of(manifestOf(record)),
    directory: folderOf(record),
  }));
  const { readable, controller } = createTarPacker();
  const pack = async (): Promise<void> => {
    const list = Buffer.from(archiveText(archiveOf, listed));
    for (const [name, bytes] of [
      ["archive.json", list] as const,
      ...records.flatMap((it) => [...filesOf(it)]),
    ]) {
      const body = controller.add({ name, size: bytes.length }).getWriter();
      await body.write(new Uint8Array(bytes));
      await body.close();
    }
    controller.finalize();
  };
  // Who refuses an archive does not read it to its end.
  void pack().catch(() => undefined);
  return readable;
}
