import type { KernelMessage } from "@notemill/messaging";
import type { ExecuteOptions, Execution, Kernel } from "../kernel.ts";
import type { KernelErrorCode } from "../kernel-error.ts";

/**
 * A kernel that belongs to a process of its own, the kernel host.
 *
 * Its messages go to a spool on disk, with sequence numbers, so that whoever
 * drives it next misses none. It ends with its driver, unless it has a lease.
 * Disposing of it ends kernel and host, lease or not; {@link HostedKernel.release} leaves them.
 */
export interface HostedKernel extends Kernel {
  readonly hostId: string;
  /** Where to {@link attachKernel} to it. */
  readonly hostDir: string;
  /** The host's process. */
  readonly hostPid: number;
  /** Number of this driver's claim; the host obeys the highest only. */
  readonly fence: number;
  /** How long the kernel outlives its driver; `null` for not at all. */
  readonly lease: KernelLease | null;
  /** Number of the last record that came here; the message's own inside of a listener. 0 before the first. */
  readonly lastSequence: number;
  /** Executions that had not come to their end when this driver attached, oldest first. */
  readonly unfinished: readonly string[];

  /** The number under which a message is in the spool; `null` for one that did not come from this kernel. */
  sequenceOf(message: KernelMessage): number | null;
  /** Says that records up to `sequence` will never be asked for again, so that their disk space is freed. */
  acknowledge(sequence: number): void;
  /**
   * Lets the kernel outlive its driver, whatever ends that, by `keepMs` milliseconds; 0 takes the lease back.
   *
   * @throws {@link KernelError} `KERNEL_LEASE_INVALID` when it is no whole number from 0 on.
   */
  keep(keepMs: number): Promise<void>;
  /**
   * Goes away and leaves the kernel to its lease. Whatever waits here fails with `KERNEL_CLOSED`.
   *
   * @throws {@link KernelError} `KERNEL_LEASE_MISSING`.
   */
  release(): Promise<void>;
  /**
   * Goes on with an execution that this or another driver has asked for, from its first message on.
   *
   * It fails with `EXECUTION_UNKNOWN` when the request never reached the host: it did not run, and can be sent again.
   */
  resumeExecution(msgId: string, options?: ResumeOptions): Execution;
}

/** Settings of an execution that is gone on with. */
export interface ResumeOptions extends Pick<
  ExecuteOptions,
  "signal" | "timeoutMs" | "allowStdin" | "onInputRequest"
> {
  /** Leave out the messages before this record. */
  readonly fromSequence?: number;
}

/** A kernel's right to outlive its driver. */
export interface KernelLease {
  /** How long, in milliseconds, from the moment the driver has gone. */
  readonly keepMs: number;
}

/** Something went wrong that no request failed by. */
export interface KernelWarning {
  readonly code: Extract<KernelErrorCode, "KERNEL_OUTPUT_LOST" | "KERNEL_SPOOL_FAILED">;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a driver wants to be told of beside messages. */
export interface DriverListener {
  /** Default: `process.emitWarning`. */
  readonly onWarning?: (warning: KernelWarning) => void;
  /** Told what the kernel's process itself writes. */
  readonly onProcessOutput?: (stream: "stdout" | "stderr", text: string) => void;
}
