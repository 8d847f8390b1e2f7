import { ServerError } from "../server-error.ts";
import { liesIn } from "./is-apart.ts";

/** Files of the server's that somebody may have named. */
export interface OwnFiles {
  readonly tokenFile?: string;
  readonly secretKeyFile?: string;
}

/**
 * Refuses files of the server's that lie where it shows files: who may read there, by a link that was
 * shared too, would have them.
 *
 * @throws {@link ServerError} `TOKEN_FILE_UNUSABLE`, `SECRET_KEY_UNUSABLE`.
 */
export async function refuseShown(
  { tokenFile, secretKeyFile }: OwnFiles,
  shown: readonly string[],
): Promise<void> {
  const named = [
    [tokenFile, "TOKEN_FILE_UNUSABLE", "the token", "--token-file"],
    [secretKeyFile, "SECRET_KEY_UNUSABLE", "the key of secrets", "--secret-key-file"],
  ] as const;
  for (const [file, code, what, option] of named) {
    if (file === undefined) continue;
    for (const directory of shown)
      if (await liesIn(file, directory))
        throw new ServerError(
          code,
          `${what} is in "${file}", and the server shows the files in "${directory}"; name a file elsewhere with ${option}`,
        );
  }
}
