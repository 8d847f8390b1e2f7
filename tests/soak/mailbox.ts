import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";

/** A receiver of webhooks that is slow, and refuses some of what comes. */
export interface Mailbox extends AsyncDisposable {
  /** As `127.0.0.1:8080`. */
  readonly host: string;
  /** The ids of the messages that were taken, as often as each came, by the run that they are about. */
  readonly taken: ReadonlyMap<string, readonly string[]>;
}

/** The longest that an answer takes, so that a server dies with messages half sent. */
const SLOWEST_MS = 300;

/** Starts one on a free loopback port. */
export async function startMailbox(random: SeededRandom): Promise<Mailbox> {
  const taken = new Map<string, string[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { run } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { run: { id: string } };
      const isRefused = random.between(1, 100) <= 3;
      // What has come has come, whether the sender is still there to hear of it or not.
      if (!isRefused)
        taken.set(run.id, [...(taken.get(run.id) ?? []), String(request.headers["notemill-delivery"])]);
      void pause(random.between(0, SLOWEST_MS)).then(() => response.writeHead(isRefused ? 503 : 204).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return {
    host: `127.0.0.1:${address.port}`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
