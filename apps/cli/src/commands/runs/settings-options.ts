import type { AskedSettings } from "@notemill/api";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { parseSize } from "../../command-line/parse-size.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** Files that the notebook reads. */
export const FILE_OPTION: OptionDefinition = {
  name: "file",
  flags: ["--file"],
  values: ["PATTERN"],
  repeatable: true,
  help: "A file that the notebook reads, relative to it; may be a pattern such as data/*.csv.",
};

/** The options that say how a run is carried out, and what it is found by. */
export const SETTINGS_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "kernel",
    flags: ["--kernel", "-k"],
    values: ["NAME"],
    help: "Kernel in place of the notebook's.",
  },
  {
    name: "priority",
    flags: ["--priority"],
    values: ["N"],
    type: "integer",
    help: "From -100 to 100: runs of a higher priority go first. Default 0.",
  },
  {
    name: "tag",
    flags: ["--tag"],
    values: ["TAG"],
    repeatable: true,
    help: "A word to find the run by.",
  },
  {
    name: "label",
    flags: ["--label"],
    values: ["LABEL"],
    repeatable: true,
    help: "What a runner has to have to be given the run, as gpu or region=eu; all of them where it is given more than once. Default: any runner.",
  },
  {
    name: "queueTimeout",
    flags: ["--queue-timeout"],
    values: ["DURATION"],
    type: "duration",
    help: "How long the run may wait for a runner, as 30s, 5m or 1h30m. Default: for ever.",
  },
  {
    name: "startTimeout",
    flags: ["--start-timeout"],
    values: ["DURATION"],
    type: "duration",
    help: "How long the kernel may take to start. Default 1m.",
  },
  {
    name: "executionTimeout",
    flags: ["--execution-timeout"],
    values: ["DURATION"],
    type: "duration",
    help: "How long one cell may take. Default: no limit.",
  },
  {
    name: "timeout",
    flags: ["--timeout"],
    values: ["DURATION"],
    type: "duration",
    help: "How long a whole attempt may take, from the start of its kernel. Default: no limit.",
  },
  {
    name: "memory",
    flags: ["--memory"],
    values: ["SIZE"],
    help: "The most memory that the notebook may take, as 512MiB or 2GiB; a run that takes more fails with MEMORY_EXCEEDED. Default: no limit.",
  },
  {
    name: "cpus",
    flags: ["--cpus"],
    values: ["N"],
    help: "How many processors' time the notebook may take, as 2 or 0.5. Kept by a control group where the runner may make one; elsewhere nothing keeps it, and the record says so. Default: no limit.",
  },
  {
    name: "retries",
    flags: ["--retries"],
    values: ["CLASS=N"],
    repeatable: true,
    help: "How often a failure is tried again, by class: user (a cell or a check failed; default 0), platform (a runner was lost, a kernel died; default 2), timeout (default 0).",
  },
  {
    name: "retryDelay",
    flags: ["--retry-delay"],
    values: ["DURATION"],
    type: "duration",
    help: "The wait before the first retry of the classes that --retries names. Each later one is longer. Default 1m.",
  },
  {
    name: "keepKernel",
    flags: ["--keep-kernel"],
    values: ["DURATION"],
    type: "duration",
    help: "Keep the kernel of an attempt that fails for so long, to look into it with notemill runs debug.",
  },
];

/** The priority, tags, kernel and settings that the options ask for. */
export function askedSettings(options: OptionValues): AskedSettings & {
  readonly kernel_name?: string;
  readonly priority?: number;
  readonly tags?: string[];
} {
  const kernel = options.text("kernel");
  const environment = options.text("environment");
  const priority = options.number("priority");
  const keepMs = milliseconds(options, "keepKernel");
  const memory = options.text("memory");
  const cpus = options.text("cpus");
  const timeouts = {
    queue_ms: milliseconds(options, "queueTimeout"),
    start_ms: milliseconds(options, "startTimeout"),
    cell_ms: milliseconds(options, "executionTimeout"),
    run_ms: milliseconds(options, "timeout"),
  };
  return {
    ...(kernel === undefined ? {} : { kernel_name: kernel }),
    ...(environment === undefined ? {} : { environment }),
    ...(priority === undefined ? {} : { priority }),
    ...(options.isGiven("tag") ? { tags: [...options.texts("tag")] } : {}),
    ...(options.isGiven("label") ? { labels: [...options.texts("label")] } : {}),
    timeouts,
    ...(options.isGiven("retries") ? { retry: askedRetries(options) } : {}),
    ...(keepMs === undefined ? {} : { keep_kernel_ms: keepMs }),
    ...(memory === undefined ? {} : { memory_bytes: parseSize(memory, "--memory") }),
    ...(cpus === undefined ? {} : { cpus: parseCpus(cpus) }),
  };
}

function parseCpus(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) >= LEAST_CPUS) return Number(text);
  throw new UsageError(
    `option --cpus: "${text}" is no number of processors; give ${LEAST_CPUS} or more, as 2 or 0.5`,
  );
}

/** Less is more often waiting than working. */
const LEAST_CPUS = 0.01;

function askedRetries(options: OptionValues): NonNullable<AskedSettings["retry"]> {
  const baseMs = milliseconds(options, "retryDelay");
  const asked = options.texts("retries").map((text) => {
    const [, name, count] = /^(user|platform|timeout)=(\d{1,2})$/.exec(text) ?? [];
    if (name === undefined)
      throw new UsageError(`option --retries: "${text}" is none of user=N, platform=N and timeout=N`);
    const backoff =
      baseMs === undefined ? {} : { backoff: { kind: "exponential" as const, base_ms: baseMs } };
    return [name, { retries: Number(count), ...backoff }] as const;
  });
  return Object.fromEntries(asked);
}

function milliseconds(options: OptionValues, name: string): number | undefined {
  const seconds = options.number(name);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
