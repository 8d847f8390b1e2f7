import { KernelError } from "../kernel-error.ts";
import type { HostConnection } from "./host-connection.ts";
import type { HostAnswer, HostCall } from "./host-protocol.ts";
import { fromWireError } from "./wire-error.ts";

/** What a driver asks of its host, and the answers. */
export interface HostCalls {
  /**
   * Asks the host for something; resolves with its answer, or with `null` when the connection ends instead.
   *
   * @throws {@link KernelError} what the host answers.
   */
  call(method: HostCall["method"], fields?: Readonly<Record<string, unknown>>): Promise<HostAnswer | null>;
  /** Takes an answer. */
  take(answer: HostAnswer): void;
}

/** Makes calls over a connection. */
export function createHostCalls(connection: HostConnection): HostCalls {
  const waiting = new Map<number, (answer: HostAnswer | null) => void>();
  let count = 0;
  return {
    async call(method, fields = {}) {
      const call = ++count;
      const { promise, resolve } = Promise.withResolvers<HostAnswer | null>();
      waiting.set(call, resolve);
      void connection.closed.then(() => resolve(null));
      connection.send({ type: "call", call, method, ...fields });
      const answer = await promise;
      waiting.delete(call);
      if (answer?.error) throw fromWireError(answer.error);
      return answer;
    },
    take: (answer) => waiting.get(answer.call)?.(answer),
  };
}

/** The error for what waits at the end of a connection that nobody has explained. */
export function hostGone(): KernelError {
  return new KernelError("KERNEL_HOST_DIED", "the kernel host died, and the kernel with it");
}
