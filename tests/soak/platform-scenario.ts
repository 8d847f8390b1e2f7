import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";

/** One thing that is done to a platform; what is broken is mended after `forMs`. */
export type PlatformDeed =
  | { readonly type: "server" | "runner"; readonly signal: NodeJS.Signals; readonly forMs: number }
  | { readonly type: "kernel"; readonly signal: NodeJS.Signals }
  | { readonly type: "database"; readonly signal: "SIGINT" | "SIGQUIT"; readonly forMs: number }
  | { readonly type: "cut" | "stall" | "records" | "sources" | "disk"; readonly forMs: number };

/** What a round of the platform's soak has and does. */
export interface PlatformScenario {
  readonly database: "pglite" | "postgres";
  readonly servers: number;
  readonly runners: number;
  readonly slots: number;
  /** How long the runs that are submitted at the start last, in seconds. */
  readonly runs: readonly number[];
  readonly strikes: readonly { readonly afterMs: number; readonly deed: PlatformDeed }[];
}

/** Short, so that what needs the end of a lease comes to pass in a test. */
export const LEASE_SECONDS = 6;

/** Draws what a round does. */
export function drawPlatformScenario(
  random: SeededRandom,
  { canMount, hasPostgres }: { readonly canMount: boolean; readonly hasPostgres: boolean },
): PlatformScenario {
  const database = hasPostgres ? random.pick(["pglite", "postgres"] as const) : "pglite";
  const types: readonly PlatformDeed["type"][] = [
    ...(["server", "server", "runner", "runner", "kernel", "cut", "stall", "records", "sources"] as const),
    ...(database === "postgres" ? (["database", "database"] as const) : []),
    ...(canMount ? (["disk"] as const) : []),
  ];
  return {
    database,
    servers: database === "postgres" ? random.between(1, 2) : 1,
    runners: random.between(1, 3),
    slots: random.between(1, 2),
    runs: Array.from({ length: random.between(2, 5) }, () => random.pick([0.1, 0.5, 1.5, 3])),
    strikes: Array.from({ length: random.pick([1, 1, 2]) }, () => ({
      afterMs: random.between(0, random.pick([200, 1500, 4000])),
      deed: drawDeed(random.pick(types), random),
    })),
  };
}

function drawDeed(type: PlatformDeed["type"], random: SeededRandom): PlatformDeed {
  // A blink, most of a lease, and longer than one.
  const forMs = random.pick([random.between(0, 500), random.between(2000, 4000), random.between(7000, 9000)]);
  switch (type) {
    case "server":
    case "runner":
      return { type, signal: random.pick(["SIGKILL", "SIGKILL", "SIGTERM"]), forMs: Math.min(forMs, 4000) };
    case "kernel":
      return { type, signal: random.pick(["SIGKILL", "SIGSEGV"]) };
    case "database":
      return { type, signal: random.pick(["SIGINT", "SIGQUIT"]), forMs };
    default:
      return { type, forMs };
  }
}

/** A scenario in one line. */
export function describePlatformScenario({ database, servers, runners, strikes }: PlatformScenario): string {
  const deeds = strikes.map(({ afterMs, deed }) => {
    const signal = "signal" in deed ? ` ${deed.signal}` : "";
    const time = "forMs" in deed ? ` for ${deed.forMs} ms` : "";
    return `${deed.type}${signal} after ${afterMs} ms${time}`;
  });
  return `${database}, ${servers} servers, ${runners} runners: ${deeds.join("; ")}`;
}
