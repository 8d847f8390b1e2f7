import type { Kernel } from "../../kernel.ts";
import type { AttachedFrame, HostStatusFrame, WireError } from "../host-protocol.ts";
import { PROTOCOL_VERSION } from "../host-protocol.ts";
import type { HostedParts } from "./hosted-parts.ts";

/** What a driver is told when it is attached. */
export function attachedFrame(
  { kernel: hosted, spool, log, lease }: HostedParts,
  kernel: Kernel,
  { hostId, fence }: { readonly hostId: string; readonly fence: number },
): AttachedFrame {
  return {
    type: "attached",
    version: PROTOCOL_VERSION,
    hostId,
    hostPid: process.pid,
    pid: kernel.pid,
    connectionFile: kernel.connectionFile,
    fence,
    keepMs: lease.keepMs,
    death: hosted.death,
    firstSequence: spool.firstSequence,
    nextSequence: spool.nextSequence,
    acknowledged: spool.acknowledged,
    isSpoolFailed: spool.isFailed,
    unfinished: log.unfinished(),
    openInputs: log.openInputs(),
  };
}

/** What everybody may know. */
export function statusFrame(parts: HostedParts | null, isAttached: boolean): HostStatusFrame {
  const kernel = parts?.kernel.kernel;
  return {
    type: "status",
    version: PROTOCOL_VERSION,
    hostPid: process.pid,
    pid: kernel?.pid ?? null,
    connectionFile: kernel?.connectionFile ?? null,
    state: parts?.kernel.state ?? "starting",
    death: parts?.kernel.death ?? null,
    isAttached,
    keepMs: parts?.lease.keepMs ?? 0,
    leaseUntil: parts?.lease.until?.toISOString() ?? null,
  };
}

/** What a driver is told when the disk takes no more of the spool. */
export function spoolFailure(error: Error): WireError {
  return {
    code: "KERNEL_SPOOL_FAILED",
    message: `the kernel's messages cannot be written to disk: ${error.message}; a driver that attaches later may miss some`,
    details: { reason: error.message },
  };
}
