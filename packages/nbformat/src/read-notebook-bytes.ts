import { NotebookError } from "./notebook-error.ts";
import type { Notebook } from "./notebook.ts";
import { readNotebook, readNotebookInSteps } from "./read-notebook.ts";
import type { ReadNotebookOptions, ReadNotebookResult } from "./read-notebook.ts";
import { findInvalidUtf8 } from "./utf8.ts";

// All that is used of a global that browsers, workers and Node.js share.
declare const TextDecoder: new (
  label: "utf-8",
  options: { readonly fatal: true; readonly ignoreBOM: true },
) => { decode(bytes: Uint8Array, options?: { readonly stream: boolean }): string };

/** Just below the longest string that V8 can make. */
const MAX_BYTES = 0x1fffffe8;

/**
 * Reads the bytes of an `.ipynb` file as {@link readNotebook} reads its text.
 *
 * @throws {@link NotebookError} `NOTEBOOK_NOT_TEXT`, `NOTEBOOK_TOO_LARGE` beyond
 * 512 MiB, and all of {@link readNotebook}.
 */
export function readNotebookBytes(bytes: Uint8Array, options: ReadNotebookOptions): ReadNotebookResult {
  return readNotebook(decodeNotebookBytes(bytes), options);
}

/** Bytes that are decoded in one step. */
const STEP = 2 ** 21;

/**
 * Reads the bytes of an `.ipynb` file in steps, each of which takes some milliseconds where no cell is very
 * large. Problems with the format are put right, and not reported.
 *
 * @throws {@link NotebookError} as {@link readNotebookBytes}.
 */
export function* readNotebookBytesInSteps(
  bytes: Uint8Array,
  options: ReadNotebookOptions,
): Generator<undefined, Notebook> {
  return yield* readNotebookInSteps(yield* decodeInSteps(bytes), options);
}

function* decodeInSteps(bytes: Uint8Array): Generator<undefined, string> {
  if (bytes.length <= STEP || bytes.length > MAX_BYTES) return decodeNotebookBytes(bytes);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const parts: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += STEP) {
      parts.push(decoder.decode(bytes.subarray(at, at + STEP), { stream: at + STEP < bytes.length }));
      yield;
    }
  } catch {
    // Says what is wrong, and where.
    return decodeNotebookBytes(bytes);
  }
  return parts.join("");
}

/**
 * Decodes the bytes of an `.ipynb` file, which are UTF-8.
 *
 * @throws {@link NotebookError} `NOTEBOOK_NOT_TEXT` with the `offset` of the
 * first byte that is wrong, `NOTEBOOK_TOO_LARGE`.
 */
export function decodeNotebookBytes(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    throw new NotebookError(
      "NOTEBOOK_TOO_LARGE",
      `the file has ${bytes.length} bytes, and at most ${MAX_BYTES} can be read`,
      { details: { bytes: bytes.length, maxBytes: MAX_BYTES } },
    );
  }
  const format = knownFormat(bytes);
  if (format !== undefined) throw notText(`it looks like ${format}`, 0);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const offset = findInvalidUtf8(bytes);
    if (offset < 0) throw error;
    const byte = (bytes[offset] ?? 0).toString(16).padStart(2, "0");
    throw notText(`byte ${offset} (0x${byte}) is not UTF-8; save the file as UTF-8`, offset);
  }
}

function notText(finding: string, offset: number): NotebookError {
  return new NotebookError("NOTEBOOK_NOT_TEXT", `not a notebook: ${finding}`, { details: { offset } });
}

function knownFormat(bytes: Uint8Array): string | undefined {
  return FORMATS.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
}

/** How files begin that are not UTF-8. */
const FORMATS: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe], "UTF-16 text, save it as UTF-8"],
  [[0xfe, 0xff], "UTF-16 text, save it as UTF-8"],
  [[0x7b, 0x00], "UTF-16 text, save it as UTF-8"],
  [[0x00, 0x7b], "UTF-16 text, save it as UTF-8"],
  [[0x1f, 0x8b], "a gzip file, unpack it first"],
  [[0x50, 0x4b, 0x03, 0x04], "a zip file, unpack it first"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a Zstandard file, unpack it first"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image"],
  [[0xff, 0xd8, 0xff], "a JPEG image"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
];
