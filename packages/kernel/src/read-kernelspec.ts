import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { interruptModeOf } from "./kernel-quirks.ts";
import type { Kernelspec } from "./kernelspec.ts";

/** A directory that looks like a kernelspec and is none. */
export interface InvalidKernelspec {
  readonly path: string;
  /** What is wrong with it. */
  readonly reason: string;
}

/**
 * Reads the kernelspec in a directory; one that cannot be used is a value and no exception.
 *
 * @returns `null` where there is no `kernel.json`.
 */
export async function readKernelspec(
  resourceDir: string,
  name: string,
): Promise<Kernelspec | InvalidKernelspec | null> {
  const path = join(resourceDir, "kernel.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const isAbsent =
      error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return isAbsent ? null : { path, reason: String(error) };
  }
  try {
    return kernelspecOf(parseJson(text), resourceDir, name);
  } catch (error) {
    return { path, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Tells whether a kernelspec cannot be used. */
export function isInvalid(kernelspec: Kernelspec | InvalidKernelspec): kernelspec is InvalidKernelspec {
  return "reason" in kernelspec;
}

function kernelspecOf(value: JsonValue, resourceDir: string, directoryName: string): Kernelspec {
  const name = directoryName.toLowerCase();
  if (!/^[a-z0-9._-]+$/.test(name)) {
    throw new Error(
      `${JSON.stringify(directoryName)} has other characters than letters, digits, ".", "_" and "-"`,
    );
  }
  if (!isJsonObject(value)) throw new Error("expected an object");
  const { argv, display_name, language, interrupt_mode, env, metadata } = value;
  if (!isTextList(argv) || argv.length === 0)
    throw new Error("argv is not a list of texts that names a command");
  if (argv.some((word) => word.includes("\0"))) throw new Error("argv holds a NUL character");
  return {
    name,
    resourceDir,
    argv,
    displayName: typeof display_name === "string" ? display_name : name,
    language: typeof language === "string" ? language : "",
    interruptMode: interruptModeOf(argv, interrupt_mode),
    env: textValues(isJsonObject(env) ? env : {}),
    metadata: isJsonObject(metadata) ? metadata : {},
  };
}

function isTextList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function textValues(object: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
