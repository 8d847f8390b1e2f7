import { isJsonObject, type JsonObject } from "@notemill/json";
import type { EnvironmentInput } from "./environment-lock.ts";

/** What a notebook says about its environment. */
export interface DeclaredEnvironment {
  /** The name of an environment in `metadata.notemill.environment`, or null. */
  readonly name: string | null;
  /** The packages that it declares, or null. */
  readonly input: EnvironmentInput | null;
}

/**
 * Reads what a notebook declares: a `# /// script` block as PEP 723 has it, in its
 * first code cell that has one, else in `metadata.notemill.script`, and the name of an environment in
 * `metadata.notemill.environment`.
 *
 * @param sources - The sources of the code cells.
 */
export function declaredEnvironment(sources: readonly string[], metadata: JsonObject): DeclaredEnvironment {
  const notemill = isJsonObject(metadata["notemill"]) ? metadata["notemill"] : {};
  const name = notemill["environment"];
  const script = notemill["script"];
  const texts = [...sources, typeof script === "string" ? asComment(script) : ""];
  const [block] = texts.flatMap((text) => scriptBlock(text) ?? []);
  return {
    name: typeof name === "string" && name !== "" ? name : null,
    input: block === undefined ? null : { kind: "script", text: block },
  };
}

/** The block of a source, with its comment signs; null where there is none. */
function scriptBlock(source: string): string | null {
  const block = /^# \/\/\/ script[ \t]*\r?\n(?:#(?:| .*)\r?\n)+?# \/\/\/[ \t]*$/m.exec(source)?.[0];
  return block === undefined ? null : `${block.replaceAll("\r\n", "\n")}\n`;
}

/** Metadata has the TOML alone. */
function asComment(toml: string): string {
  const lines = toml.trimEnd().split("\n");
  const commented = lines.map((line) => (line === "" ? "#" : `# ${line}`));
  return ["# /// script", ...commented, "# ///"].join("\n");
}
