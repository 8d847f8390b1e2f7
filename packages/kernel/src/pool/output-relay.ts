import type { StartKernelOptions } from "../start-kernel.ts";

type OnProcessOutput = NonNullable<StartKernelOptions["onProcessOutput"]>;

/** How many pieces of output are kept for whoever comes. */
const LONGEST = 1_000;

/** Keeps what the process of a kernel writes until it has an owner, and then passes it on. */
export interface OutputRelay {
  readonly write: OnProcessOutput;
  /** Passes on what was kept, and what comes from now on. */
  connect(onProcessOutput: OnProcessOutput | undefined): void;
}

/** Makes a relay that nobody is connected to. */
export function createOutputRelay(): OutputRelay {
  let kept: Parameters<OnProcessOutput>[] = [];
  let forward: OnProcessOutput = (stream, text) => {
    kept.push([stream, text]);
    if (kept.length > LONGEST) kept.shift();
  };
  return {
    write: (stream, text) => forward(stream, text),
    connect(onProcessOutput) {
      forward = onProcessOutput ?? (() => {});
      for (const [stream, text] of kept) forward(stream, text);
      kept = [];
    },
  };
}
