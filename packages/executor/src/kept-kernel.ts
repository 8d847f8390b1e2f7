import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { HostedKernel, Kernel } from "@notemill/kernel";
import { knownDeath } from "./known-death.ts";

/** A kernel that outlives its run, as the output notebook names it in `metadata.notemill.kernel`. */
export interface KeptKernel {
  /** Where to attach to it. */
  readonly hostDir: string;
  /** For `jupyter console --existing`. */
  readonly connectionFile: string;
  /** How long it is kept, in milliseconds. */
  readonly keepMs: number;
  /** When it ends, in milliseconds since 1970. */
  readonly untilMs: number;
  /** The working directory that was asked for, as it was named. Default: none was. */
  readonly cwd?: string | undefined;
}

/** Whether a kernel has a host of its own, and so can be left behind. */
export function isHosted(kernel: Kernel): kernel is HostedKernel {
  return "hostDir" in kernel;
}

/**
 * Gives the kernel of a run that did not succeed a lease, so that it can be
 * looked into. A kernel that is dead, or has no host, is not kept.
 */
export async function keepKernel(
  kernel: Kernel,
  {
    keepMs,
    nowMs,
    cwd,
  }: { readonly keepMs: number; readonly nowMs: number; readonly cwd: string | undefined },
): Promise<KeptKernel | undefined> {
  if (!isHosted(kernel)) return undefined;
  try {
    await kernel.keep(keepMs);
  } catch {
    // Its host died, and the failure of the run says so already.
    return undefined;
  }
  // A host outlives its kernel, and there would be nothing to look into.
  if ((await knownDeath(kernel)) !== undefined) return undefined;
  const { hostDir, connectionFile } = kernel;
  return { hostDir, connectionFile, keepMs, untilMs: nowMs + keepMs, cwd };
}

/** The metadata of a kept kernel. */
export function keptKernelMetadata({
  hostDir,
  connectionFile,
  keepMs,
  untilMs,
  cwd,
}: KeptKernel): JsonObject {
  return {
    host_dir: hostDir,
    connection_file: connectionFile,
    keep_seconds: keepMs / 1000,
    until: new Date(untilMs).toISOString(),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

/** Reads {@link keptKernelMetadata} back; `undefined` where a notebook names no kept kernel. */
export function readKeptKernel(metadata: JsonValue | undefined): KeptKernel | undefined {
  if (!isJsonObject(metadata)) return undefined;
  const { host_dir: hostDir, connection_file: connectionFile, keep_seconds: keep, until, cwd } = metadata;
  if (typeof hostDir !== "string" || typeof connectionFile !== "string") return undefined;
  if (typeof keep !== "number" || typeof until !== "string") return undefined;
  return {
    hostDir,
    connectionFile,
    keepMs: keep * 1000,
    untilMs: Date.parse(until),
    cwd: typeof cwd === "string" ? cwd : undefined,
  };
}
