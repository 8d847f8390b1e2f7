import type { ExecuteReply, KernelInfo } from "@notemill/messaging";
import type { Output } from "@notemill/nbformat";

/** What bash_kernel calls itself in its `kernel_info`. */
export const BASH_KERNEL = "bash_kernel";

/** What IRkernel calls itself. */
const R_KERNEL = "IRkernel";

/**
 * Why a cell is no success although its kernel answers that all is well: it has ended the
 * interpreter, or meant to. Undefined for every other cell.
 *
 * When a shell ends by `exit`, or by a command that failed under `set -e`, bash_kernel starts another
 * one, which knows nothing of the run, and says so at the end of the cell's output and nowhere
 * else. IRkernel only notes that R was to end, whatever the status, and executes what comes behind.
 */
export function whyEnded(
  { implementation }: Pick<KernelInfo, "implementation">,
  reply: ExecuteReply,
  outputs: readonly Output[],
): string | undefined {
  if (implementation === BASH_KERNEL && saysRestarted(outputs.at(-1))) return SHELL_LOST;
  return implementation === R_KERNEL && asksForEnd(reply) ? QUIT_NOT_FOLLOWED : undefined;
}

/** Whether a cell has asked that its kernel end. */
export function asksForEnd(reply: ExecuteReply): boolean {
  return reply.status === "ok" && reply.payload.some(({ source }) => source === "ask_exit");
}

function saysRestarted(output: Output | undefined): boolean {
  return output?.output_type === "stream" && output.text.trimEnd().endsWith("Restarting Bash");
}

const SHELL_LOST =
  "the shell ended in this cell, by exit or by a command that failed under set -e, and all that it knew is gone; put what may do that into a subshell: ( … )";

const QUIT_NOT_FOLLOWED =
  'quit() in this cell was to end R, which the kernel does not do, and nobody learns its status; fail with stop("why") instead';
