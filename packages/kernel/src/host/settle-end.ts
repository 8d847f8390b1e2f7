import { KernelError } from "../kernel-error.ts";
import { hostSpool } from "./host-directory.ts";
import { readHostFrame } from "./host-protocol.ts";
import type { SocketKernelOptions } from "./socket-kernel.ts";
import { hostLastWords } from "./spawn-host.ts";
import { overdue } from "./overdue.ts";
import { readSpool } from "./spool/read-spool.ts";
import { removeIfDead } from "./sweep-kernel-hosts.ts";

/** How long a host may take to be gone that has hung up, in milliseconds; then it is given up. */
const EXIT_MS = 20_000;

/**
 * Waits for the end of a connection to a host and does what follows: whatever
 * waits fails with the reason.
 *
 * Where the host died, its spool is read to the end first, so that nothing is
 * missed that the kernel has said; and its directory is deleted.
 */
export async function settleEnd(
  options: SocketKernelOptions,
  wish: () => "shutdown" | "release" | null,
): Promise<void> {
  const { connection, driver, hostDir, attached } = options;
  const failure = await connection.closed;
  // A process that is a child is not gone before its exit was seen.
  const isGoing = driver.bye !== "released" && driver.bye !== "taken-over" && !failure;
  if (isGoing && options.process) await overdue(options.process.exited(), EXIT_MS);
  if (failure) {
    driver.end(failure);
    return;
  }
  if (driver.bye !== null || wish() === "shutdown") {
    driver.end(goodbyeError(options, wish()));
    if (isEndOfKernel(driver.bye) && wish() !== "shutdown") driver.die(HOST_DEATH);
    if (driver.bye === null) await removeIfDead(hostDir);
    return;
  }
  const lastWords = await hostLastWords(hostDir);
  await drain(options).catch(() => {});
  driver.end(
    new KernelError("KERNEL_HOST_DIED", `the kernel host ${attached.hostId} died, and the kernel with it`, {
      details: { hostId: attached.hostId, hostPid: attached.hostPid, stderr: lastWords },
    }),
  );
  driver.die(HOST_DEATH);
  await removeIfDead(hostDir);
}

const HOST_DEATH = { exitCode: null, signal: "SIGKILL", reason: "host" } as const;

/** Gives the driver the records that the host had written but not sent. */
async function drain({ connection, driver, hostDir }: SocketKernelOptions): Promise<void> {
  for await (const frame of readSpool(hostSpool(hostDir), driver.lastSequence + 1)) {
    await driver.take(readHostFrame(frame), frame.parts);
    await connection.whenOpen();
  }
}

function isEndOfKernel(bye: unknown): boolean {
  return bye === "shutdown" || bye === "terminated" || bye === "lease-expired";
}

function goodbyeError(
  { driver, attached: { hostId } }: SocketKernelOptions,
  wish: "shutdown" | "release" | null,
): Error {
  const { bye } = driver;
  if (bye instanceof Error) return bye;
  if (wish === "shutdown") return new KernelError("KERNEL_CLOSED", "the kernel was shut down");
  if (bye === "released") return new KernelError("KERNEL_CLOSED", "the kernel was left to its lease");
  if (bye === "taken-over") {
    return new KernelError("KERNEL_HOST_FENCED", `another driver has taken over the kernel host ${hostId}`, {
      details: { hostId },
    });
  }
  return new KernelError(
    "KERNEL_HOST_DIED",
    `the kernel host ${hostId} was stopped, and the kernel with it`,
    {
      details: { hostId, reason: bye },
    },
  );
}
