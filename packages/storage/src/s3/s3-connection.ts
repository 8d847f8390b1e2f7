import type * as Sdk from "@aws-sdk/client-s3";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { S3Settings } from "./s3-settings.ts";

/** The module of the AWS SDK, of which only types are known before the first use. */
type S3Sdk = typeof Sdk;

/** A client of one S3 server. */
export interface S3Connection extends Disposable {
  readonly settings: S3Settings;
  /** Runs `body` with the SDK, which is loaded at the first use: it takes a fifth of a second. */
  use<T>(body: (sdk: S3Sdk, client: S3Client) => Promise<T>): Promise<T>;
}

/** Prepares a connection; nothing is loaded or sent yet. */
export function openS3Connection(settings: S3Settings): S3Connection {
  let opening: Promise<{ sdk: S3Sdk; client: S3Client }> | undefined;
  let opened: S3Client | undefined;
  return {
    settings,
    use: async (body) => {
      opening ??= open(settings).then((it) => {
        opened = it.client;
        return it;
      });
      const { sdk, client } = await opening;
      return body(sdk, client);
    },
    [Symbol.dispose]: () => opened?.destroy(),
  };
}

async function open(settings: S3Settings): Promise<{ sdk: S3Sdk; client: S3Client }> {
  const sdk = await import("@aws-sdk/client-s3");
  const config = clientConfig(settings);
  const client = new sdk.S3Client(config);
  if (settings.region !== undefined || (await hasRegion(client))) return { sdk, client };
  // Servers of one's own rarely care, and Amazon names the right region in its answer, which is then followed.
  return { sdk, client: new sdk.S3Client({ ...config, region: "us-east-1" }) };
}

const SILENT: NonNullable<S3ClientConfig["logger"]> = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function clientConfig(settings: S3Settings): S3ClientConfig {
  const { endpoint, region, profile, credentials, pathStyle, maxAttempts, timeoutMs } = settings;
  return {
    forcePathStyle: pathStyle,
    followRegionRedirects: true,
    maxAttempts,
    requestHandler: { connectionTimeout: Math.min(timeoutMs, 10_000), socketTimeout: timeoutMs },
    // The SDK's own checksums go into a trailer, which many servers refuse or store as part of the file.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // It would warn of what is handled here.
    logger: SILENT,
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(credentials !== undefined && { credentials }),
  };
}

/** Whether the AWS configuration files name a region. */
async function hasRegion(client: S3Client): Promise<boolean> {
  try {
    await client.config.region();
    return true;
  } catch {
    return false;
  }
}
