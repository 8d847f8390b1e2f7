import { createHash } from "node:crypto";
import { KernelError } from "../kernel-error.ts";

/** What says which packages an environment has. */
export interface EnvironmentInput {
  /**
   * `script`: a `# /// script` block as PEP 723 has it; `requirements`: a
   * requirements file; `pyproject`: a `pyproject.toml`.
   */
  readonly kind: "script" | "requirements" | "pyproject";
  readonly text: string;
}

/** Every package of an environment with its version and the hashes of its files. */
export interface EnvironmentLock {
  /** The Python it is for, as `3.11`. */
  readonly python: string;
  /** A requirements file; its first lines say what it is, and which Python it is for. */
  readonly text: string;
  /** SHA-256 of the text: the same for the same packages. */
  readonly digest: string;
}

const HEAD = "# notemill environment 1";

/** Makes a lock of what the resolver has found. */
export function makeLock(python: string, requirements: string): EnvironmentLock {
  return withDigest(python, `${HEAD}\n# python ${python}\n${requirements.trimEnd()}\n`);
}

/** Reads the text of a lock. @throws {@link KernelError} `ENVIRONMENT_LOCK_INVALID`. */
export function readLock(text: string): EnvironmentLock {
  const [head, second = ""] = text.split("\n", 2);
  const python = /^# python (\d+\.\d+)$/.exec(second)?.[1];
  if (hasVariable(text))
    throw new KernelError(
      "ENVIRONMENT_LOCK_INVALID",
      'the lock of an environment has "${", and variables are not put into requirements; write the value itself',
    );
  if (head === HEAD && python !== undefined) return withDigest(python, text);
  throw new KernelError(
    "ENVIRONMENT_LOCK_INVALID",
    `this is no lock of an environment: it begins with "${head?.slice(0, 60)}", and not with "${HEAD}"`,
  );
}

/** Whether `uv` would put a variable into a text: `${NAME}`, also as TOML and lines that go on may write it. */
export function hasVariable(text: string): boolean {
  const whole = text
    .replaceAll(/\\[ \t]*\r?\n[#\s]*/g, "")
    .replaceAll(/\\(?:u00|U000000|x)(24|7b)/gi, (_escape, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return whole.includes("${");
}

/** The names and versions of a lock's packages, as `six==1.16.0`, those for other systems included. */
export function lockedPackages({ text }: EnvironmentLock): readonly string[] {
  return [...text.matchAll(/^([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?==[^\s;\\]+)/gm)].map(([, name = ""]) => name);
}

function withDigest(python: string, text: string): EnvironmentLock {
  return { python, text, digest: createHash("sha256").update(text).digest("hex") };
}
