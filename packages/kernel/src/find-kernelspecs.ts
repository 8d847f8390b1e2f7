import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Kernelspec } from "./kernelspec.ts";

/** Where to look for kernelspecs. */
export interface FindKernelspecsOptions {
  /** Jupyter data directories that come before all others. Default: none. */
  readonly dataDirs?: readonly string[];
  /** Default: this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Finds the installed kernelspecs; where two have one name, the first in Jupyter's search order counts. */
export async function findKernelspecs(options: FindKernelspecsOptions = {}): Promise<readonly Kernelspec[]> {
  const env = options.env ?? process.env;
  const dirs = [
    ...(options.dataDirs ?? []),
    ...(env["JUPYTER_PATH"]?.split(":").filter(Boolean) ?? []),
    ...(env["NOTEMILL_VENV"] ? [join(env["NOTEMILL_VENV"], "share/jupyter")] : []),
    join(env["HOME"] ?? homedir(), ".local/share/jupyter"),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ];
  const found = new Map<string, Kernelspec>();
  for (const dir of dirs) {
    for (const name of await readdir(join(dir, "kernels")).catch(() => [])) {
      const kernelspec = await readKernelspec(join(dir, "kernels", name), name.toLowerCase());
      if (kernelspec && !found.has(kernelspec.name)) found.set(kernelspec.name, kernelspec);
    }
  }
  return [...found.values()];
}

async function readKernelspec(resourceDir: string, name: string): Promise<Kernelspec | null> {
  try {
    const value = parseJson(await readFile(join(resourceDir, "kernel.json"), "utf8"));
    if (!isJsonObject(value)) return null;
    const { argv, display_name, language, interrupt_mode, env, metadata } = value;
    if (!Array.isArray(argv)) return null;
    return {
      name,
      resourceDir,
      argv: argv.map(String),
      displayName: typeof display_name === "string" ? display_name : name,
      language: typeof language === "string" ? language : "",
      interruptMode: interrupt_mode === "message" ? "message" : "signal",
      env: textValues(isJsonObject(env) ? env : {}),
      metadata: isJsonObject(metadata) ? metadata : {},
    };
  } catch {
    return null;
  }
}

function textValues(object: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
