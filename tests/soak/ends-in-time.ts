import type { CommandResult, RunningCommand } from "../support/cli.ts";

/** Far more than any command of the soak takes, even where the machine is busy. */
const LIMIT_MS = 180_000;

/** Waits for a command's end. @throws when it hangs, and kills it. */
export async function endsInTime({ process: child, result }: RunningCommand): Promise<CommandResult> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`the command (${child.pid}) has not ended after ${LIMIT_MS / 1000} s`));
  }, LIMIT_MS);
  try {
    return await Promise.race([result, late.promise]);
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}
