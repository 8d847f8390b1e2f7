import { connectHost, hostDead } from "./connect-host.ts";
import { openHostConnection } from "./host-connection.ts";
import type { HostFrame, StatusRequest, StopRequest } from "./host-protocol.ts";
import { overdue } from "./overdue.ts";

/**
 * Asks a host without driving it; resolves with its last frame, or `null` when none came in time.
 *
 * @throws {@link KernelError} as {@link connectHost} does; `KERNEL_HOST_DIED`
 * too when the host hangs up without a word, as one does that is just being killed.
 */
export async function askHost(
  hostDir: string,
  request: StatusRequest | StopRequest,
  timeoutMs: number,
): Promise<HostFrame | null> {
  let answer: HostFrame | null = null;
  const connection = openHostConnection(await connectHost(hostDir), (frame) => {
    answer = frame;
    return undefined;
  });
  connection.send({ ...request });
  const isLate = await overdue(connection.closed, timeoutMs);
  connection.destroy();
  if (answer === null && !isLate) throw hostDead(hostDir);
  return answer;
}
