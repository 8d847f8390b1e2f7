import { resolve } from "node:path";
import { UsageError } from "../command-line/usage-error.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** What Commuter's environment variables would show: one mount of everything, or none where they say nothing. */
export function commuterMounts(
  env: Variables,
  cwd: string,
): readonly { readonly prefix: string; readonly url: string }[] {
  const backend = env["COMMUTER_STORAGE_BACKEND"] || undefined;
  const directory = env["COMMUTER_LOCAL_STORAGE_BASEDIRECTORY"] || undefined;
  const bucket = env["COMMUTER_BUCKET"] || undefined;
  switch (backend ?? (bucket === undefined ? "local" : "s3")) {
    case "local":
      return directory === undefined && backend === undefined
        ? []
        : [{ prefix: "/", url: resolve(cwd, directory ?? ".") }];
    case "s3": {
      if (bucket === undefined)
        throw new UsageError("$COMMUTER_STORAGE_BACKEND is s3: name a $COMMUTER_BUCKET");
      const delimiter = env["COMMUTER_S3_PATH_DELIMITER"] || "/";
      if (delimiter !== "/")
        throw new UsageError("$COMMUTER_S3_PATH_DELIMITER: paths are divided by / alone");
      const base = (env["COMMUTER_S3_BASE_PREFIX"] ?? "").replaceAll(/^\/+|\/+$/g, "");
      return [{ prefix: "/", url: `s3://${bucket}${base === "" ? "" : `/${base}`}` }];
    }
    default:
      throw new UsageError(`$COMMUTER_STORAGE_BACKEND "${backend}": there are local and s3`);
  }
}

/** The port that Commuter's variable names. */
export function commuterPort(env: Variables): number | undefined {
  const given = env["COMMUTER_PORT"] || undefined;
  if (given === undefined) return undefined;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`$COMMUTER_PORT "${given}": expected a port`);
}

/** Commuter's variables for S3 under the names that the store reads. */
export function commuterS3Variables(env: Variables): Variables {
  const known: Variables = {
    AWS_ENDPOINT_URL_S3: env["COMMUTER_S3_ENDPOINT"],
    AWS_ACCESS_KEY_ID: env["COMMUTER_S3_KEY"],
    AWS_SECRET_ACCESS_KEY: env["COMMUTER_S3_SECRET"],
    NOTEMILL_S3_PATH_STYLE: env["COMMUTER_S3_FORCE_PATH_STYLE"],
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value && !env[name] ? [[name, value]] : [])),
  );
}
