import { resolve } from "node:path";
import type { ServerOptions } from "@notemill/server";
import type { OptionValues, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { commuterMounts, commuterS3Variables } from "../../platform/commuter-variables.ts";

/** The mounts, and whether nothing in them is changed. @throws {@link UsageError} */
export function whatIsShown(
  options: OptionValues,
  { env, cwd }: Pick<Terminal, "env" | "cwd">,
): Pick<ServerOptions, "mounts" | "viewOnly" | "env"> {
  const mounts = options.texts("mount").map((text) => readMount(text, cwd));
  if (options.flag("viewOnly") !== true) return { mounts };
  const shown = mounts.length > 0 ? mounts : commuterMounts(env, cwd);
  if (shown.length === 0)
    throw new UsageError("option --view-only: say what is shown, as --mount /=s3://bucket/notebooks");
  return {
    mounts: shown,
    viewOnly: options.flag("anyone") === true ? "anyone" : "token",
    env: { ...env, ...commuterS3Variables(env) },
  };
}

/** A mount, its directory relative to where the command was called. */
function readMount(text: string, cwd: string): NonNullable<ServerOptions["mounts"]>[number] {
  const [, prefix, url] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
  if (prefix === undefined || url === undefined)
    throw new UsageError(`option --mount: "${text}" is not like /data=/srv/data or /lake=s3://bucket/path`);
  return { prefix, url: /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : resolve(cwd, url) };
}

/** @throws {@link UsageError} where an option would show what another server knows, or change what is shown. */
export function checkViewOnly(options: OptionValues, { env }: Terminal): void {
  const db = options.text("db") === undefined ? env["NOTEMILL_DB"] && "$NOTEMILL_DB" : "option --db";
  if (db !== undefined && db !== "")
    throw new UsageError(
      `${db}: a server with --view-only has a database of its own, so that it shows nothing of another server; leave it out`,
    );
  if (options.flag("examples") === true)
    throw new UsageError(
      "option --examples: a server with --view-only writes nothing into what it shows; leave it out",
    );
}
