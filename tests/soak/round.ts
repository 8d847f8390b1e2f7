import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { makeOutputDirectory, type OutputDirectory } from "./output-directory.ts";
import { drawScenario, type Scenario } from "./scenario.ts";
import type { OutputReader } from "./seen-output.ts";
import { runRound } from "./run-round.ts";
import { sweepRound } from "./sweep-round.ts";
import { writeTickingNotebook } from "./ticking-notebook.ts";
import { markedEnvironment } from "./victims.ts";

/** What all rounds share. */
export interface SoakTools {
  readonly reader: OutputReader;
  /** Whether disks can be made, to be filled. */
  readonly canMount: boolean;
}

/** Where a round takes place, and with what. */
export interface RoundBed extends SoakTools {
  readonly random: SeededRandom;
  /** Working directory of every command; `in.ipynb` is in it. */
  readonly cwd: string;
  readonly output: OutputDirectory;
  /** `TMPDIR` of every command, and what tells its processes. */
  readonly mark: string;
  /** Where kernels that are no host's have their directories. */
  readonly runtimeDir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What came of a round that found nothing. */
export interface RoundResult {
  readonly what: string;
  /** Whether the moment came and there was something to hit. */
  readonly hasHit: boolean;
  /** How the output notebooks said that their runs ended. */
  readonly statuses: readonly string[];
  /** Age of the oldest line that was missing, in milliseconds, at each notebook whose writer was killed. */
  readonly missingMs: readonly number[];
}

/** Draws a scenario and plays it. @throws at a finding. */
export async function playRound(random: SeededRandom, tools: SoakTools): Promise<RoundResult> {
  const scenario = drawPlayable(random, tools);
  const what = describeScenario(scenario);
  const cwd = await mkdtemp(join(tmpdir(), "nm-soak-"));
  const [mark, runtimeDir] = [join(cwd, "tmp"), join(cwd, "run")];
  const deeds = scenario.strikes.map(({ deed }) => deed.type);
  await using output = await makeOutputDirectory(join(cwd, "out"), {
    isDisk: deeds.includes("disk-full"),
    isReadOnlyOnce: deeds.includes("read-only"),
  });
  try {
    await mkdir(mark);
    await mkdir(runtimeDir, { mode: 0o700 });
    await writeTickingNotebook(cwd, scenario.notebook);
    const env = { ...markedEnvironment(mark), XDG_RUNTIME_DIR: runtimeDir };
    const bed = { ...tools, random, cwd, output, mark, runtimeDir: join(runtimeDir, "notemill"), env };
    const played = scenario.kind === "sweep" ? sweepRound(scenario, bed) : runRound(scenario, bed);
    return { what, ...(await played) };
  } catch (error) {
    throw new Error(`${what}\n  ${JSON.stringify(scenario)}`, { cause: error });
  } finally {
    await output[Symbol.asyncDispose]();
    if (!process.env["SOAK_KEEP"]) await rm(cwd, { recursive: true, force: true });
  }
}

function drawPlayable(random: SeededRandom, { canMount }: SoakTools): Scenario {
  for (;;) {
    const scenario = drawScenario(random);
    const needsMount = scenario.strikes.some(({ deed: { type } }) =>
      ["disk-full", "read-only"].includes(type),
    );
    if (canMount || !needsMount) return scenario;
  }
}

/** A scenario in some words. */
function describeScenario({ kind, strikes }: Scenario): string {
  const deeds = strikes.map(({ deed }) =>
    deed.type === "signal" ? `${deed.signals.join(" ")} to ${deed.victim}` : deed.type,
  );
  return `${kind}: ${deeds.join(", then ")}`;
}
