import type { JsonObject } from "@notemill/json";

/**
 * How to launch one kind of kernel: a directory `kernels/NAME` with its `kernel.json`.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
export interface Kernelspec {
  /** The directory's name, in lower case. */
  readonly name: string;
  readonly resourceDir: string;
  /** The command, with `{connection_file}`, `{resource_dir}` and `{prefix}` not yet filled in. */
  readonly argv: readonly string[];
  readonly displayName: string;
  readonly language: string;
  readonly interruptMode: InterruptMode;
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: JsonObject;
}

/**
 * What interrupts a kernel: SIGINT to its process group, or a message on the
 * control channel. `none` says that neither works, so that an interrupt restarts the kernel.
 */
export type InterruptMode = "signal" | "message" | "none";
