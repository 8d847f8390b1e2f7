import { StorageError } from "../storage-error.ts";

/** Ways in which some servers differ from Amazon's S3. */
export interface S3Quirks {
  /** The server wants etags in conditions without quotes; with them a condition never holds (Ceph RGW 16). */
  readonly unquotedEtags?: boolean;
}

/** How an S3 server is reached. What is left out comes from the environment and the AWS configuration files. */
export interface S3Options {
  readonly endpoint?: string;
  readonly region?: string;
  /** Whose region and credentials are taken. Its `endpoint_url` is only read where `AWS_PROFILE` names it. */
  readonly profile?: string;
  /** The bucket in the path of the address instead of its host. Default: where there is an endpoint. */
  readonly pathStyle?: boolean;
  /** How often a failed request is tried in all. Default 4. */
  readonly maxAttempts?: number;
  /** The pause before the first repetition of a read or a conditional write; it doubles each time, in milliseconds. Default 100. */
  readonly firstPauseMs?: number;
  /** The longest silence of the server, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  readonly quirks?: S3Quirks;
  /** Sent with every write, such as `bucket-owner-full-control`. Many buckets refuse any. Default: none. */
  readonly acl?: string;
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** {@link S3Options} with the environment taken into account. */
export interface S3Settings {
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly credentials: S3Credentials | undefined;
  readonly pathStyle: boolean;
  readonly maxAttempts: number;
  readonly firstPauseMs: number;
  readonly timeoutMs: number;
  readonly quirks: S3Quirks;
  readonly acl: string | undefined;
}

interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Settles how the server is reached: an option wins over the environment.
 *
 * Read are `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `BOTO3_ENDPOINT_URL` (papermill's), `AWS_REGION`,
 * `AWS_DEFAULT_REGION` (boto's), `AWS_PROFILE`, `AWS_ACCESS_KEY_ID` with its companions,
 * `NOTEMILL_S3_PATH_STYLE`, `NOTEMILL_S3_QUIRKS` and `NOTEMILL_S3_ACL`.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID` for an endpoint that is no address.
 */
export function s3Settings(options: S3Options): S3Settings {
  const { env = process.env } = options;
  const endpoint = options.endpoint ?? endpointIn(env);
  if (endpoint !== undefined) checkEndpoint(endpoint);
  return {
    endpoint,
    region: options.region ?? (env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || undefined),
    profile: options.profile ?? (env["AWS_PROFILE"] || undefined),
    credentials: options.profile === undefined ? credentialsIn(env) : undefined,
    pathStyle: options.pathStyle ?? pathStyleIn(env) ?? endpoint !== undefined,
    maxAttempts: options.maxAttempts ?? 4,
    firstPauseMs: options.firstPauseMs ?? 100,
    timeoutMs: options.timeoutMs ?? 60_000,
    quirks: options.quirks ?? quirksIn(env),
    acl: options.acl ?? (env["NOTEMILL_S3_ACL"] || undefined),
  };
}

type Environment = NonNullable<S3Options["env"]>;

function endpointIn(env: Environment): string | undefined {
  return env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"] || env["BOTO3_ENDPOINT_URL"] || undefined;
}

/** As in every AWS tool, a profile that is named wins over keys in the environment. */
function credentialsIn(env: Environment): S3Credentials | undefined {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey || env["AWS_PROFILE"]) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

function pathStyleIn(env: Environment): boolean | undefined {
  const value = env["NOTEMILL_S3_PATH_STYLE"];
  return value ? value !== "0" && value !== "false" : undefined;
}

function quirksIn(env: Environment): S3Quirks {
  const named = (env["NOTEMILL_S3_QUIRKS"] ?? "").split(",").map((name) => name.trim());
  return { unquotedEtags: named.includes("unquoted-etags") };
}

function checkEndpoint(endpoint: string): void {
  const url = URL.parse(endpoint);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return;
  throw new StorageError(
    "STORAGE_PATH_INVALID",
    `the S3 endpoint "${endpoint}" is not an http or https address, such as http://localhost:9000`,
    { details: { endpoint } },
  );
}
