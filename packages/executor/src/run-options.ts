import type { ParameterMap } from "@notemill/parameters";
import type { Kernel, Kernelspec, StartKernelOptions } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";
import type { Clock } from "./clock.ts";
import type { KeptKernel } from "./kept-kernel.ts";
import type { OutputLimits } from "./output-limits.ts";
import type { Redactor } from "./redact/redactor.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunSource } from "./read-source.ts";
import type { RunFailure } from "./run-failure.ts";
import type { RunStatus } from "./run-status.ts";

/** Options of {@link runNotebook}. Paths may be templates, as `out-{alpha}.ipynb`. */
export interface RunNotebookOptions {
  /** Path or URL of the source notebook; `-` is standard input. */
  readonly inputPath: string;
  /** Path or URL of the output notebook; `-` is standard output, `null` keeps it in memory. */
  readonly outputPath: string | null;
  /** A source already read, in place of `inputPath`, which then only names it. */
  readonly source?: RunSource;
  /** Values by name, in the order of the injected cell. Default none: no cell is injected. */
  readonly parameters?: ParameterMap;
  /**
   * Parameters that are read from a variable of the kernel's environment, by name of
   * the parameter: the notebook then has no more than the name of the variable.
   * Default none. `parameters` has them too, with what the metadata is to say.
   */
  readonly environmentParameters?: ReadonlyMap<string, string>;
  /** Refuse parameters whose names the notebook does not declare, in place of a warning. Default false. */
  readonly strictParameters?: boolean;
  /** Takes secrets out of outputs and failures before anybody sees them. Default: nothing is taken out. */
  readonly redactor?: Redactor;
  /** Kernel to run instead of the one the notebook names. */
  readonly kernelName?: string;
  /**
   * Says where the kernel of a notebook is started, before anything is written.
   * Default, and for null: the installed kernelspec of the kernel's name, with `env`.
   */
  readonly chooseEnvironment?: (notebook: Notebook) => Promise<RunEnvironment | null>;
  /** Language that chooses the parameter translator, instead of the notebook's. */
  readonly language?: string;
  /** Write the parameterised notebook and execute nothing. Default false. */
  readonly prepareOnly?: boolean;
  /** Hide the input of every code cell, for readers. Default false. */
  readonly reportMode?: boolean;
  /** Working directory of the kernel. Default: that of the process. */
  readonly cwd?: string;
  /** Environment of the kernel. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Go on behind cells that raise. The run fails all the same, at the last of them. Default false. */
  readonly allowErrors?: boolean;
  /** How long the kernel may take to answer, in milliseconds. Default 60,000. */
  readonly startTimeoutMs?: number;
  /** How long one cell may take, in milliseconds. Default: no limit. */
  readonly cellTimeoutMs?: number | null;
  /** How long the whole run may take, in milliseconds, from the kernel's start. Default: no limit. */
  readonly runTimeoutMs?: number | null;
  /** How long an interrupted cell may take to stop, in milliseconds. Default 2,000. */
  readonly interruptGraceMs?: number;
  /** Least time between saves while cells run, in milliseconds; `null` saves only at the end. Default 1,000. */
  readonly saveIntervalMs?: number | null;
  /** How much output is kept in the notebook. Default: {@link DEFAULT_OUTPUT_LIMITS}. */
  readonly outputLimits?: Partial<OutputLimits>;
  /**
   * Keep the kernel of a run that does not succeed alive for so long, in
   * milliseconds, to look into it and to go on. The kernel then has a host of its own.
   * Default 0: no kernel outlives its run.
   */
  readonly keepKernelMs?: number;
  /** Kernels that can be run without being installed. Default: none. */
  readonly builtInKernelspecs?: readonly Kernelspec[];
  /** How a kernel host is started, for a program that was bundled. Default: as `startHostedKernel` does. */
  readonly hostCommand?: readonly string[];
  /** Write what papermill 2.7 writes where Notemill would differ. Default false. */
  readonly compat?: boolean;
  /** Cancels the run: the cell is interrupted, the notebook saved, the status is `cancelled`. */
  readonly signal?: AbortSignal;
  /** Told what happens, in order. What it throws ends the run and is thrown when that is over. Default: nobody is told. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Where the kernel comes from. Default: a cold start. */
  readonly startKernel?: (options: StartKernelOptions) => Promise<Kernel>;
  /** Opens paths and URLs. Default: `openLocation` of `@notemill/storage`. */
  readonly openLocation?: (path: string) => Location;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Gives random UUIDs. Default: `crypto.randomUUID`. */
  readonly newUuid?: () => string;
}

/** Where a kernel is started. */
export interface RunEnvironment {
  readonly kernelspec: Kernelspec;
  /** The kernel's variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a run ended. A run that failed is a value; only one that could not begin throws. */
export interface RunOutcome {
  readonly runId: string;
  readonly status: RunStatus;
  readonly failure?: RunFailure;
  /** The output notebook as it was saved. */
  readonly notebook: Notebook;
  /** The output path after templating. */
  readonly outputPath: string | null;
  /** The kernel that lives on, where `keepKernelMs` asked for it. */
  readonly keptKernel?: KeptKernel;
  /** Seconds from when the notebook was ready to run to the end of its last cell: the kernel's start is in it. */
  readonly duration: number;
}
