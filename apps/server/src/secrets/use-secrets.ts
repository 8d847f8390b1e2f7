import type { ClaimedAttempt, SubmitRun } from "@notemill/api";
import { isJsonObject, parseJson } from "@notemill/json";
import { parametersFromJson, secretReference } from "@notemill/parameters";
import { findSecrets, type StoredSecret } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { covers } from "./grants.ts";
import { unseal } from "./seal.ts";

/** The names of the secrets that parameters refer to, once each. */
export function secretNames(parameters: string): readonly string[] {
  // Most have none, and need not be read.
  if (!parameters.includes('"secret"')) return [];
  const value = parseJson(parameters);
  const names = isJsonObject(value) ? [...parametersFromJson(value).values()].map(secretReference) : [];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/**
 * Finds out now whether a notebook may use the secrets that its parameters refer to.
 *
 * @throws {@link ServerError} `SECRET_NOT_FOUND`, `SECRET_NOT_GRANTED`.
 */
export async function checkSecrets(
  { driver, user }: Pick<Platform, "driver" | "user">,
  names: readonly string[],
  path: string,
): Promise<void> {
  const found = await findSecrets(driver, user, names);
  for (const name of names) {
    const secret = found.find((it) => it.name === name);
    if (secret === undefined) {
      throw new ServerError(
        "SECRET_NOT_FOUND",
        `there is no secret "${name}"; make it with notemill secrets set`,
        {
          details: { name },
        },
      );
    }
    if (!isGranted(secret, path)) {
      throw new ServerError(
        "SECRET_NOT_GRANTED",
        `"${path}" may not use the secret "${name}"; allow it with notemill secrets grant ${name} '${path}'`,
        { details: { name, path } },
      );
    }
  }
}

/**
 * A notebook that starts a script gives it a name of its choice, and so the grants of that name.
 *
 * @throws {@link ServerError} `SECRET_NOT_GRANTED`.
 */
export function refuseSecretsOfScripts(
  { script }: Pick<SubmitRun, "script">,
  parameters: readonly string[],
): void {
  if (script === undefined || parameters.every((text) => secretNames(text).length === 0)) return;
  throw new ServerError(
    "SECRET_NOT_GRANTED",
    "a script that a notebook starts gets no secrets; start a notebook or script that has a path of the server",
  );
}

/** The secrets for an attempt: those that there are and that its notebook may use at this moment. */
export async function secretsFor(
  { driver, secretKeys, report }: Pick<Platform, "driver" | "secretKeys" | "report">,
  attempt: { readonly owner: string; readonly path: string; readonly parameters: string },
): Promise<ClaimedAttempt["secrets"]> {
  const names = secretNames(attempt.parameters);
  if (names.length === 0) return [];
  // Before and behind: the key may be changed at this moment, and what is found is sealed with either.
  const before = await secretKeys.read();
  const found = await findSecrets(driver, attempt.owner, names);
  const keys = [...(await secretKeys.read()), ...before];
  return found
    .filter((secret) => isGranted(secret, attempt.path))
    .flatMap((secret) => {
      try {
        return [{ name: secret.name, text: unseal(secret, keys) }];
      } catch (error) {
        report(`a secret cannot be given to an attempt of "${attempt.path}"`, error);
        return [];
      }
    });
}

function isGranted({ grants }: StoredSecret, path: string): boolean {
  return grants.some((grant) => covers(grant, path));
}
