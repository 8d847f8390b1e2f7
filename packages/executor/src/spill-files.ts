import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import type { OutputSpill, SpilledText } from "./output-limits.ts";

/** Spill files of a run, and how to let go of them. */
export interface SpillFiles extends OutputSpill {
  close(): void;
}

interface SpillFile {
  /** As the note names it. */
  readonly shown: string;
  readonly path: string;
  length: number;
  /** Nothing comes after what could not be written, so that what is there is the begin. */
  isCut: boolean;
}

const NOT_KEPT: SpilledText = { path: "", kept: 0 };

/**
 * Keeps what an output notebook has no room for in `OUT.outputs/CELL.txt` beside it.
 *
 * Without a local path, when the disk is full, and beyond `limit` characters in
 * all, the text is dropped and the note in the notebook says so.
 */
export function createSpillFiles(outputPath: string | undefined, limit: number): SpillFiles {
  const files = new Map<string, SpillFile>();
  // One cell spills at a time, so that one file is open.
  let opened: { readonly file: SpillFile; readonly descriptor: number } | undefined;
  let length = 0;

  function find(cellId: string): SpillFile | undefined {
    const known = files.get(cellId);
    if (known || outputPath === undefined) return known;
    const directory = `${outputPath.replace(/\.ipynb$/, "")}.outputs`;
    mkdirSync(directory, { recursive: true });
    const name = `${cellId.replaceAll(/[^\w-]/g, "_")}.txt`;
    const path = join(directory, name);
    closeSync(openSync(path, "w", 0o644));
    const file = { shown: join(basename(directory), name), path, length: 0, isCut: false };
    files.set(cellId, file);
    return file;
  }

  function open(file: SpillFile): number {
    if (opened?.file === file) return opened.descriptor;
    close();
    opened = { file, descriptor: openSync(file.path, "a") };
    return opened.descriptor;
  }

  function close(): void {
    if (opened) closeSync(opened.descriptor);
    opened = undefined;
  }

  function append(file: SpillFile, text: string): SpilledText {
    file.isCut ||= length + text.length > limit || !writeWhole(open(file), text);
    const kept = file.isCut ? 0 : text.length;
    file.length += kept;
    length += kept;
    return { path: file.shown, kept };
  }

  return {
    write(cellId, text) {
      try {
        const file = find(cellId);
        return file ? append(file, text) : NOT_KEPT;
      } catch {
        // The directory cannot be made, or holds something else of this name.
        return NOT_KEPT;
      }
    },
    restart(cellId) {
      const file = files.get(cellId);
      if (!file) return;
      length -= file.length;
      file.length = 0;
      file.isCut = false;
      try {
        ftruncateSync(open(file));
      } catch {
        file.isCut = true;
      }
    },
    close,
  };
}

/** Tells whether all of the text was written. */
function writeWhole(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.byteLength;) at += writeSync(descriptor, bytes, at);
    return true;
  } catch {
    return false;
  }
}
