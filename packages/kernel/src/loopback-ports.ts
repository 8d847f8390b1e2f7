import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { platform } from "node:process";

/** An address and the first of five ports in a row that were free on it. */
export interface LoopbackPorts {
  readonly ip: string;
  readonly first: number;
}

/** Below the ports that systems hand out by themselves: from 32768 (Linux), 49152 (macOS). */
const PORTS = { from: 20_000, to: 32_000 };

/** How many ports a kernel needs. */
const COUNT = 5;

/**
 * Picks an address for a kernel that has to be told its ports before it binds them.
 *
 * Whatever is picked is free only until somebody else takes it, so the picking is
 * made such that nobody does. On Linux all of 127.0.0.0/8 is this machine: each
 * kernel gets an address of its own there, at random, where no other kernel is.
 * Elsewhere it is 127.0.0.1. The ports are outside of those that the system gives
 * to others, and were found free. What then still clashes shows in
 * {@link areFree}, and the start is tried anew.
 */
export async function pickLoopbackPorts(): Promise<LoopbackPorts> {
  for (;;) {
    const ports = { ip: randomAddress(), first: randomInt(PORTS.from, PORTS.to) };
    if (await areFree(ports)) return ports;
  }
}

/** Whether nobody listens on the ports. */
export async function areFree({ ip, first }: LoopbackPorts): Promise<boolean> {
  const all = Array.from({ length: COUNT }, (_, index) => isFree(ip, first + index));
  return (await Promise.all(all)).every(Boolean);
}

function randomAddress(): string {
  if (platform !== "linux") return "127.0.0.1";
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
