import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelError } from "../kernel-error.ts";
import { type EnvironmentInput, type EnvironmentLock, hasVariable, makeLock } from "./environment-lock.ts";
import { type ProcessEnvironment, runUv } from "./uv.ts";

/** What a kernel needs; what an input says about it goes first. */
const IPYKERNEL = "ipykernel>=6.29,<8";

const FILE_NAMES: Readonly<Record<EnvironmentInput["kind"], string>> = {
  script: "script.py",
  requirements: "requirements.txt",
  pyproject: "pyproject.toml",
};

/** Options of {@link lockEnvironment}. */
export interface LockOptions {
  readonly env: ProcessEnvironment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Resolves what an environment asks for to exact versions with hashes, for any
 * system. ipykernel is added where it is not asked for. Nothing is installed, and no code of a package is run.
 *
 * @throws {@link KernelError} `ENVIRONMENT_UNSOLVABLE` with what `uv` says, `UV_NOT_FOUND`.
 */
export async function lockEnvironment(
  input: EnvironmentInput,
  { env, signal }: LockOptions,
): Promise<EnvironmentLock> {
  refuseVariables(input.text);
  refuseFiles(input);
  const cwd = await mkdtemp(join(tmpdir(), "notemill-lock-"));
  try {
    const name = FILE_NAMES[input.kind];
    await writeFile(join(cwd, name), input.text);
    await writeFile(join(cwd, "kernel.txt"), mentionsIpykernel(input.text) ? "" : `${IPYKERNEL}\n`);
    const python = await findPython(input, { env, cwd, signal });
    const compile = ["pip", "compile", name, "kernel.txt", "--universal", "--generate-hashes", "--quiet"];
    const flags = ["--no-header", "--no-annotate", "--no-build", "--python-version", python];
    const { exitCode, stdout, stderr } = await runUv([...compile, ...flags], { env, cwd, signal });
    if (exitCode !== 0) throw unsolvable(stderr, cwd);
    refuseLocalPackages(stdout, cwd);
    refuseVariables(stdout);
    return makeLock(python, stdout);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** The version of the first Python that will do, as `3.11`. */
async function findPython(
  { text }: EnvironmentInput,
  options: LockOptions & { readonly cwd: string },
): Promise<string> {
  const wanted = /^#?\s*requires-python\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
  const find = [
    "python",
    "find",
    "--no-project",
    "--show-version",
    ...(wanted === undefined ? [] : [wanted]),
  ];
  const { exitCode, stdout, stderr } = await runUv(find, options);
  const version = /^(\d+\.\d+)/.exec(stdout.trim())?.[1];
  if (exitCode === 0 && version !== undefined) return version;
  throw unsolvable(stderr, options.cwd);
}

function mentionsIpykernel(text: string): boolean {
  return /(^|["'\s])ipykernel(?![\w-])/im.test(text);
}

/** `uv` puts the variables of its process there, which are not the notebook's. */
function refuseVariables(text: string): void {
  if (!hasVariable(text)) return;
  throw new KernelError(
    "ENVIRONMENT_UNSOLVABLE",
    'the environment cannot be resolved: it has "${", and variables are not put into requirements; write the value itself',
  );
}

/** What is in another file, of this machine or elsewhere, is not what the notebook says. */
function refuseFiles({ kind, text }: EnvironmentInput): void {
  const option = kind === "requirements" ? NAMES_FILE.exec(text)?.[1] : undefined;
  if (option === undefined) return;
  throw new KernelError(
    "ENVIRONMENT_UNSOLVABLE",
    `the environment cannot be resolved: it has "${option}", and other files are not read; write what is in them`,
  );
}

const NAMES_FILE = /^\s*(-r|-c|-e|--requirements?|--constraints?|--editable)(?![\w-])/m;

/** A directory of this machine is on no other one, and may be another one tomorrow. */
function refuseLocalPackages(lock: string, cwd: string): void {
  const line = lock.split("\n").find((it) => /^(-e |\.{0,2}\/)|@ file:/.test(it));
  if (line === undefined) return;
  throw unsolvable(
    `"${line.replace(/ *\\$/, "")}" is a directory or file of this machine; name a package of an index`,
    cwd,
  );
}

function unsolvable(said: string, cwd: string): KernelError {
  const text = said.replaceAll(`${cwd}/`, "").trim();
  return new KernelError("ENVIRONMENT_UNSOLVABLE", `the environment cannot be resolved; uv says: ${text}`, {
    details: { uv: text },
  });
}
