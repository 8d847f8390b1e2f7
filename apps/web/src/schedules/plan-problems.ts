/** A field that an answer of the server may be about: one of a schedule, or a parameter by its name. */
export type PlanField = "name" | "cron" | "zone" | "path" | `parameter ${string}`;

/** What is wrong with fields, in sentences. */
export type PlanProblems = ReadonlyMap<PlanField, string>;

/** Which fields an error of the server is about, and what it says of each; none where it is about the whole. */
export function planProblems(error: unknown): PlanProblems {
  if (!(error instanceof Error)) return new Map();
  const { code, details } = error as Error & {
    readonly code?: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
  const about = (field: PlanField): PlanProblems => new Map([[field, sentence(error.message)]]);
  switch (code) {
    case "CRON_INVALID":
    case "CRON_SECONDS_UNSUPPORTED":
      return about("cron");
    case "TIME_ZONE_UNKNOWN":
      return about("zone");
    case "SCHEDULE_NAME_TAKEN":
      return about("name");
    default: {
      const parameter = details?.["parameter"];
      if (typeof parameter === "string") return about(`parameter ${parameter}`);
      return new Map(
        parameterProblems(details?.["problems"]).map(({ name, message }) => [
          `parameter ${name}`,
          sentence(message),
        ]),
      );
    }
  }
}

/** Those of problems that are about parameters, by their names. */
export function ofParameters(problems: PlanProblems): ReadonlyMap<string, string> {
  const prefix = "parameter ";
  const found = [...problems].filter(([field]) => field.startsWith(prefix));
  return new Map(found.map(([field, message]) => [field.slice(prefix.length), message]));
}

interface ParameterProblem {
  readonly name: string;
  readonly message: string;
}

function parameterProblems(problems: unknown): readonly ParameterProblem[] {
  if (!Array.isArray(problems)) return [];
  return problems.filter(
    (it: Partial<ParameterProblem> | null): it is ParameterProblem =>
      typeof it?.name === "string" && typeof it.message === "string",
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
