import { KernelError } from "../../kernel-error.ts";
import type { HostAnswer, HostCall, WireError } from "../host-protocol.ts";
import { protocolError } from "../frame-codec.ts";
import { toWireError } from "../wire-error.ts";
import type { HostedParts } from "./hosted-parts.ts";

/** What a call may do to the host itself. */
export interface CallEffects {
  readonly answer: (answer: HostAnswer) => void;
  /** Ends the host; its goodbye is the answer. */
  readonly shutDown: (mode: "graceful" | "immediate") => void;
  /** Lets the driver go; the goodbye is the answer. */
  readonly release: () => void;
}

/** Does what the driver asks for, and answers. */
export async function performCall(call: HostCall, parts: HostedParts, effects: CallEffects): Promise<void> {
  let error: WireError | null = null;
  try {
    await perform(call, parts, effects);
  } catch (caught) {
    error = toWireError(caught);
  }
  const isRestart =
    call.method === "restart" ||
    (call.method === "interrupt" && parts.plan.options.kernelspec.interruptMode === "none");
  const sequence = isRestart ? parts.spool.nextSequence - 1 : 0;
  effects.answer({ type: "answer", call: call.call, error, sequence });
}

async function perform(call: HostCall, { kernel, lease }: HostedParts, effects: CallEffects): Promise<void> {
  switch (call.method) {
    case "interrupt":
      await kernel.interrupt();
      return;
    case "restart":
      await kernel.restart();
      return;
    case "keep":
      lease.grant(call.keepMs);
      return;
    case "release":
      if (lease.keepMs === 0) throw leaseMissing();
      effects.release();
      return;
    case "shutdown":
      effects.shutDown(call.mode);
      return;
    default:
      throw protocolError(`there is no call ${JSON.stringify((call as HostCall).method)}`);
  }
}

function leaseMissing(): KernelError {
  return new KernelError(
    "KERNEL_LEASE_MISSING",
    "the kernel has no lease and would end at once when it is released; grant one with keep(ms), or shut it down",
  );
}
