import { encodeJson, isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import { ServerError } from "../../server-error.ts";

/** Name of the file of an archive that says what else is in it. It comes first. */
export const ARCHIVE_NAME = "archive.json";

/** A record as an archive lists it. */
export interface ArchivedRecord {
  readonly seq: number;
  /** Hash of its manifest, which a tombstone may stand for. */
  readonly sha256: string;
  readonly directory: string;
}

/** The text of {@link ARCHIVE_NAME}. */
export function archiveText(runId: string, records: readonly ArchivedRecord[]): string {
  const listed = records.map(({ seq, sha256, directory }) => ({ seq, sha256, directory }));
  return `${encodeJson({ format: "notemill.archive/1", run_id: runId, records: listed }, { indent: 2 })}\n`;
}

/** Reads the text of {@link ARCHIVE_NAME}: records of one run. @throws {@link ServerError} `ARCHIVE_INVALID`. */
export function readArchiveText(text: string): readonly ArchivedRecord[] {
  const list = parseObject(text);
  if (list["format"] !== "notemill.archive/1")
    throw archiveInvalid(`its "${ARCHIVE_NAME}" is not one that this version reads`);
  const given = Array.isArray(list["records"]) ? list["records"] : [];
  const records = given.filter(isJsonObject).map(({ seq, sha256, directory }) => ({
    seq: Number(seq),
    sha256: String(sha256),
    directory: String(directory),
  }));
  const stranger = records.find(({ directory }) => directory.split("/")[2] !== list["run_id"]);
  if (stranger !== undefined)
    throw archiveInvalid(`"${stranger.directory}" is no folder of its run "${String(list["run_id"])}"`);
  return records;
}

function parseObject(text: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Said below.
  }
  throw archiveInvalid(`its "${ARCHIVE_NAME}" is no JSON object`);
}

/** The error for a file that is no archive of a run's records, or a damaged one. */
export function archiveInvalid(why: string, cause?: unknown): ServerError {
  return new ServerError("ARCHIVE_INVALID", `the archive cannot be taken in: ${why}`, { cause });
}
