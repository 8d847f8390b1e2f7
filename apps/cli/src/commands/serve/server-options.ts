import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ServerOptions } from "@notemill/server";
import type { OptionValues, Terminal } from "../../command-line/command.ts";
import { parseSize } from "../../command-line/parse-size.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { commuterPort } from "../../platform/commuter-variables.ts";
import { retentionPolicy } from "./retention-policy.ts";
import { whatIsShown } from "./what-is-shown.ts";

/** What the options of `notemill serve` and the environment say of the server. @throws {@link UsageError} */
export function serverOptions(
  options: OptionValues,
  { env, cwd }: Terminal,
): Omit<ServerOptions, "dataDirectory"> {
  const home = options.text("home") ?? env["NOTEMILL_HOME"];
  const host = options.text("host");
  const isViewOnly = options.flag("viewOnly") === true;
  const port = options.number("port") ?? (isViewOnly ? commuterPort(env) : undefined);
  const tokenFile = options.text("tokenFile");
  const secretKeyFile = options.text("secretKeyFile");
  const secretKey = secretKeyFile === undefined ? env["NOTEMILL_SECRET_KEY"] : undefined;
  const databaseUrl = options.text("db") ?? env["NOTEMILL_DB"];
  const lease = options.number("lease");
  const maxParameters = options.text("maxParameters");
  const keepVersions = options.number("keepVersions");
  const keepVersionsFor = options.number("keepVersionsFor");
  if (keepVersions !== undefined && keepVersions < 1)
    throw new UsageError("option --keep-versions: give 1 or more");
  const retention = retentionPolicy(options);
  const baseUrl = options.text("baseUrl");
  const publicUrl = options.text("publicUrl");
  const outputUrl = options.text("outputUrl");
  const smtpUrl = env["NOTEMILL_SMTP_URL"] || undefined;
  const mailFrom = options.text("mailFrom");
  if (smtpUrl === undefined && mailFrom !== undefined)
    throw new UsageError("option --mail-from: there is no mail without $NOTEMILL_SMTP_URL");
  if (smtpUrl !== undefined && mailFrom === undefined)
    throw new UsageError("$NOTEMILL_SMTP_URL is set: say whom mail is from with --mail-from");
  const token = tokenFile === undefined ? env["NOTEMILL_TOKEN"] : undefined;
  // Beside the bundle that this is a part of.
  const bundle = dirname(realpathSync(process.argv[1] ?? ""));
  return {
    ...(home === undefined ? {} : { homeDirectory: resolve(cwd, home) }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(cwd, tokenFile) }),
    ...(secretKeyFile === undefined ? {} : { secretKeyFile: resolve(cwd, secretKeyFile) }),
    ...(secretKey === undefined || secretKey === "" ? {} : { secretKey }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(token === undefined || token === "" ? {} : { token }),
    ...(options.flag("examples") === true ? { examplesDirectory: join(bundle, "examples") } : {}),
    allowedHosts: options.texts("allowHost"),
    allowedWebhooks: options.texts("allowWebhook"),
    ...(baseUrl === undefined ? {} : { basePath: baseUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(outputUrl === undefined ? {} : { outputUrl }),
    trustedProxies: options.texts("trustProxy"),
    ...(smtpUrl === undefined || mailFrom === undefined ? {} : { mail: { url: smtpUrl, from: mailFrom } }),
    ...whatIsShown(options, { env, cwd }),
    keepVersions: {
      ...(keepVersions === undefined ? {} : { count: keepVersions }),
      ...(keepVersionsFor === undefined ? {} : { forMs: keepVersionsFor * 1000 }),
    },
    retention,
    ...(lease === undefined ? {} : { leases: leaseSettings(lease) }),
    ...(maxParameters === undefined ? {} : { maxParameterBytes: parameterBytes(maxParameters) }),
    pagesDirectory: join(bundle, "pages"),
    tableReader: [
      process.execPath,
      "--max-old-space-size=512",
      realpathSync(process.argv[1] ?? ""),
      "__table-reader",
    ],
    assets: { migrations: join(bundle, "sql"), databaseWorker: join(bundle, "database-worker.js") },
  };
}

/** A lease with the heartbeats that go with it. @param lease - In seconds. */
function leaseSettings(lease: number): NonNullable<ServerOptions["leases"]> {
  if (!(lease >= LEAST_LEASE)) throw new UsageError(`option --lease: give ${LEAST_LEASE}s or more`);
  const leaseMs = Math.round(lease * 1000);
  return { leaseMs, heartbeatMs: Math.round(leaseMs / 6) };
}

function parameterBytes(text: string): number {
  const bytes = parseSize(text, "--max-parameters");
  if (bytes >= 2 && bytes <= MOST_PARAMETER_BYTES) return bytes;
  throw new UsageError(
    "option --max-parameters: give at most 2MiB, as a page of the list of runs has 200 of them",
  );
}

/** With more of each a page of the list of runs would be longer than a text can be. */
const MOST_PARAMETER_BYTES = 2 * 2 ** 20;

/** A shorter lease is over before a kernel has been stopped, in seconds. */
const LEAST_LEASE = 2;
