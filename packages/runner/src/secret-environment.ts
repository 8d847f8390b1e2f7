import type { ClaimedAttempt } from "@notemill/api";
import { type ParameterMap, secretReference } from "@notemill/parameters";
import { RunnerError } from "./runner-error.ts";

/** What a kernel gets of secrets. */
export interface SecretEnvironment {
  /** The texts, by variable. */
  readonly variables: Readonly<Record<string, string>>;
  /** From which variable a parameter is read, by its name. */
  readonly environmentParameters: ReadonlyMap<string, string>;
}

/**
 * Gives each secret that a parameter refers to a variable of the kernel's environment.
 *
 * @throws {@link RunnerError} `SECRET_NOT_AVAILABLE` for one that the server has not given.
 */
export function secretEnvironment(
  parameters: ParameterMap,
  secrets: ClaimedAttempt["secrets"],
): SecretEnvironment {
  const environmentParameters = new Map<string, string>();
  for (const [parameter, value] of parameters) {
    const name = secretReference(value);
    if (name === undefined) continue;
    if (!secrets.some((secret) => secret.name === name)) {
      throw new RunnerError(
        "SECRET_NOT_AVAILABLE",
        `the secret "${name}" of the parameter "${parameter}" is gone, cannot be opened, or may no longer be used by this notebook`,
        { details: { name, parameter } },
      );
    }
    environmentParameters.set(parameter, variableOf(name));
  }
  return {
    environmentParameters,
    variables: Object.fromEntries(secrets.map(({ name, text }) => [variableOf(name), text])),
  };
}

function variableOf(name: string): string {
  return `NOTEMILL_SECRET_${name}`;
}
