import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

/** The environment of the peers, whose kernel both sides use. */
export const PEERS = resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers");

const env = { ...process.env, NOTEMILL_VENV: PEERS, PYTHONDONTWRITEBYTECODE: undefined };

/** Runs a command to its end and gives the seconds that took. Throws when it fails. */
export async function timeCommand(command: string, args: readonly string[]): Promise<number> {
  const begun = performance.now();
  await runCommand(command, args);
  return (performance.now() - begun) / 1000;
}

/** Runs a command and gives the most memory its own process ever held, in MB; its children do not count. */
export async function peakMemory(command: string, args: readonly string[]): Promise<number> {
  let peak = 0;
  await runCommand(command, args, (pid) => {
    const look = async (): Promise<void> => {
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    };
    const timer = setInterval(() => void look(), 10);
    return () => clearInterval(timer);
  });
  return peak;
}

async function runCommand(
  command: string,
  args: readonly string[],
  watch: (pid: number) => () => void = () => () => undefined,
): Promise<void> {
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const stopWatching = watch(child.pid ?? 0);
  const ended = Promise.withResolvers<number | null>();
  child.once("error", ended.reject);
  child.once("close", ended.resolve);
  const exitCode = await ended.promise;
  stopWatching();
  if (exitCode !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}:\n${errors.join("")}`);
}

/** Runs a Python program of the peers that prints one number, and gives that number. */
export async function pythonNumber(program: string, ...args: readonly string[]): Promise<number> {
  const child = spawn(`${PEERS}/bin/python`, ["-c", program, ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = Promise.withResolvers<number | null>();
  child.once("close", ended.resolve);
  if ((await ended.promise) !== 0) throw new Error(`a program of the peers failed:\n${program}`);
  return Number(output.trim().split("\n").at(-1));
}
