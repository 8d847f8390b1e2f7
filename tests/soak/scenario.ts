import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import type { Moment } from "./moment.ts";
import { drawNotebook, type NotebookShape } from "./ticking-notebook.ts";
import type { Victim } from "./victims.ts";

/** One thing that is done to a run. */
export type Deed =
  | {
      readonly type: "signal";
      readonly victim: Victim;
      readonly signals: readonly NodeJS.Signals[];
      /** As a terminal does at Ctrl-C: the whole process group of the command. */
      readonly toGroup: boolean;
    }
  | {
      readonly type: "disk-full";
      /** When there is space again, in milliseconds; `null` means after the run. */
      readonly freedAfterMs: number | null;
    }
  | { readonly type: "read-only" }
  | { readonly type: "removed" };

/** A deed, and when it is done. */
export interface Strike {
  readonly moment: Moment;
  readonly deed: Deed;
}

/** What a round of the soak runs, and what it does to that. */
export interface Scenario {
  readonly kind: "run" | "kept run" | "sweep";
  readonly notebook: NotebookShape;
  /** Whether an earlier run has left its output notebook at the same path. */
  readonly hadOutput: boolean;
  /** In the order in which they are waited for. */
  readonly strikes: readonly Strike[];
}

/** Draws what a round does. */
export function drawScenario(random: SeededRandom): Scenario {
  const kind = random.pick(["run", "run", "run", "kept run", "kept run", "sweep"] as const);
  const strikes = [drawStrike(kind, random)];
  const isTwice = kind !== "sweep" && random.between(1, 6) === 1;
  if (isTwice) {
    // The command cannot keep a promise after both it and what stands in for it were killed.
    const deed = drawSignal("command", random);
    strikes.push({ moment: { event: "spawned", nth: 1, plusMs: random.between(100, 1500) }, deed });
  }
  return {
    kind,
    notebook: drawNotebook(random),
    hadOutput: kind !== "sweep" && random.between(1, 4) === 1,
    strikes: isTwice && firstVictim(strikes) === "watchdog" ? strikes.slice(0, 1) : strikes,
  };
}

function firstVictim([first]: readonly Strike[]): Victim | undefined {
  return first?.deed.type === "signal" ? first.deed.victim : undefined;
}

function drawStrike(kind: Scenario["kind"], random: SeededRandom): Strike {
  return {
    moment: kind === "sweep" ? drawSweepMoment(random) : drawMoment(random),
    deed: drawDeed(kind, random),
  };
}

function drawMoment(random: SeededRandom): Moment {
  const event = random.pick([
    "spawned",
    "run-started",
    "kernel-ready",
    "cell-started",
    "cell-output",
    "cell-output",
    "cell-finished",
    "last-cell-finished",
    "run-finished",
  ] as const);
  switch (event) {
    case "spawned":
      return { event, nth: 1, plusMs: random.between(0, 4000) };
    case "cell-output":
      return { event, nth: random.between(1, random.pick([20, 400, 4000])), plusMs: random.between(0, 1500) };
    case "cell-started":
    case "cell-finished":
      return { event, nth: random.between(1, 5), plusMs: random.pick([0, 0, random.between(0, 600)]) };
    case "run-started":
      return { event, nth: 1, plusMs: random.between(0, 1000) };
    default:
      return { event, nth: 1, plusMs: random.pick([0, random.between(0, 80)]) };
  }
}

function drawSweepMoment(random: SeededRandom): Moment {
  return random.pick<Moment>([
    { event: "spawned", nth: 1, plusMs: random.between(0, 6000) },
    { event: "kernel-began", nth: random.between(1, 4), plusMs: random.between(0, 2500) },
  ]);
}

function drawDeed(kind: Scenario["kind"], random: SeededRandom): Deed {
  const type = random.between(1, 10);
  if (type === 1) return { type: "read-only" };
  if (type === 2) return { type: "removed" };
  if (type <= 4) return { type: "disk-full", freedAfterMs: random.pick([null, random.between(0, 1500)]) };
  const victims: Readonly<Record<Scenario["kind"], readonly Victim[]>> = {
    run: ["command", "command", "command", "kernel", "watchdog"],
    "kept run": ["command", "command", "kernel", "host", "host", "watchdog"],
    sweep: ["command", "command", "kernel", "fork-server", "watchdog"],
  };
  return drawSignal(random.pick(victims[kind]), random);
}

function drawSignal(victim: Victim, random: SeededRandom): Deed {
  const gentle = [["SIGTERM"], ["SIGINT"], ["SIGINT", "SIGINT"], ["SIGTERM", "SIGKILL"]] as const;
  const signals = random.pick([["SIGKILL"], ["SIGKILL"], ["SIGKILL"], ...gentle] as const);
  return { type: "signal", victim, signals, toGroup: victim === "command" && random.between(1, 5) === 1 };
}
