import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { OutputSpill } from "./output-limits.ts";

/** Spill files of a run, and how to let go of them. */
export interface SpillFiles extends OutputSpill {
  close(): void;
}

/**
 * Keeps what an output notebook has no room for in `OUT.outputs/CELL.txt` beside it.
 *
 * Without a local path, or when the disk is full, the text is dropped and the
 * note in the notebook says so.
 */
export function createSpillFiles(outputPath: string | undefined): SpillFiles {
  const files = new Map<string, { path: string; descriptor: number }>();

  function open(cellId: string): { path: string; descriptor: number } | undefined {
    const known = files.get(cellId);
    if (known || outputPath === undefined) return known;
    const directory = `${outputPath.replace(/\.ipynb$/, "")}.outputs`;
    mkdirSync(directory, { recursive: true });
    const name = `${cellId.replaceAll(/[^\w-]/g, "_")}.txt`;
    const file = {
      path: join(basename(directory), name),
      descriptor: openSync(join(dirname(directory), basename(directory), name), "w", 0o644),
    };
    files.set(cellId, file);
    return file;
  }

  return {
    write(cellId, text) {
      try {
        const file = open(cellId);
        if (!file) return "";
        writeSync(file.descriptor, text);
        return file.path;
      } catch {
        return "";
      }
    },
    close() {
      for (const { descriptor } of files.values()) closeSync(descriptor);
      files.clear();
    },
  };
}
