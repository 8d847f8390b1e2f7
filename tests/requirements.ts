import { appendFileSync, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "vitest";
import { POSTGRES_PROGRAMS } from "./support/postgres.ts";

/** Something that a suite needs and that npm and PyPI cannot give. */
export interface Requirement {
  /** What it is, such as `R`. */
  readonly name: string;
  readonly available: boolean;
  /** The one line that installs it on Debian. */
  readonly remedy: string;
}

/** Tells whether a command is on the path. */
export function hasCommand(name: string): boolean {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .some((directory) => directory !== "" && existsSync(join(directory, name)));
}

/** A requirement that is met by a command on the path. */
export function commandRequirement(name: string, command: string, remedy: string): Requirement {
  return { available: hasCommand(command), name, remedy };
}

/** R with its Jupyter kernel. */
export const R: Requirement = commandRequirement("R", "Rscript", "apt-get install r-cran-irkernel");

/** Where the set-up puts the Scala compilers. */
export const scalaCompilers = join(import.meta.dirname, "..", ".notemill", "scala");

/** The Scala compilers, and a Java to run them. */
export const SCALA: Requirement = {
  available: hasCommand("java") && existsSync(scalaCompilers),
  name: "Scala",
  remedy: "apt-get install default-jre-headless maven",
};

/** A Postgres server, which an npm package brings for the usual machines. */
export const POSTGRES: Requirement = {
  available: POSTGRES_PROGRAMS !== null,
  name: "Postgres",
  remedy: "npm install (without --omit=optional), on Linux or macOS, x64 or arm64",
};

/** What makes Python environments; the set-up installs it beside Python. */
export const UV: Requirement = {
  available:
    hasCommand("uv") ||
    existsSync(process.env["NOTEMILL_UV"] ?? join(process.env["NOTEMILL_VENV"] ?? "", "bin", "uv")),
  name: "uv",
  remedy: "pip install uv",
};

/**
 * Declares a suite that needs something from the system.
 *
 * Where that is missing, one test says so: it fails with `CI=true`, and otherwise
 * counts as skipped and puts a line on the list at the end of `npm test`.
 */
export function describeWith(requirement: Requirement, title: string, suite: () => void): void {
  if (requirement.available) {
    describe(title, suite);
    return;
  }
  const message = `${title}: needs ${requirement.name}; ${requirement.remedy}`;
  describe(title, () => {
    it(`needs ${requirement.name}`, (context) => {
      if (process.env["CI"] === "true") throw new Error(message);
      const list = process.env["NOTEMILL_MISSING_REQUIREMENTS"];
      if (list) appendFileSync(list, `${message}\n`);
      context.skip(message);
    });
  });
}
