import { readdir, readFile } from "node:fs/promises";
import { PAGE_BYTES } from "./page-bytes.ts";
import { parseProcessStat, type ProcessFacts } from "./process-tree.ts";

/** Looks at all processes of the machine again and again. Linux only. */
export interface ProcessWatch extends Disposable {
  /** One look more, now. */
  now(): Promise<void>;
}

/**
 * Begins to look, every `everyMs` milliseconds; all watches of this process share their looks.
 *
 * @param onLook - Is given what every process takes.
 */
export function watchProcesses(
  everyMs: number,
  onLook: (processes: readonly ProcessFacts[]) => void,
): ProcessWatch {
  const watch = { everyMs, onLook };
  watches.add(watch);
  schedule();
  return {
    async now() {
      onLook(await readProcesses());
    },
    [Symbol.dispose]: () => void watches.delete(watch),
  };
}

interface Watch {
  readonly everyMs: number;
  readonly onLook: (processes: readonly ProcessFacts[]) => void;
}

const watches = new Set<Watch>();
let timer: NodeJS.Timeout | undefined;

function schedule(): void {
  timer ??= setTimeout(
    () => {
      void readProcesses().then((processes) => {
        for (const { onLook } of watches) onLook(processes);
        timer = undefined;
        if (watches.size > 0) schedule();
      });
    },
    Math.min(...[...watches].map(({ everyMs }) => everyMs)),
  ).unref();
}

async function readProcesses(): Promise<readonly ProcessFacts[]> {
  const names = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    names.map((name) => readFile(`/proc/${name}/stat`, "utf8").catch(() => "")),
  );
  return texts.map((text) => parseProcessStat(text, PAGE_BYTES)).filter((it) => it !== undefined);
}
