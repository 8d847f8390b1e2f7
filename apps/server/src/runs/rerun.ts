import { completeSettings, type RerunRun } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import type { StoredRun } from "@notemill/store";
import { rulesOf } from "../deliveries/rule-form.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { checkParameters } from "./check-parameters.ts";
import { mendSource } from "./mend-source.ts";
import { checkParameterSize } from "./parameter-size.ts";
import { readSettings } from "./present-run.ts";
import { readSourceNotebook } from "./read-source-notebook.ts";
import { type RunKey, startRun } from "./start-run.ts";
import type { AskedRun } from "./submit-notebook.ts";
import { notebookOf } from "./notebook-of.ts";

/**
 * Starts a run of the same source as an earlier one: with its parameters, of
 * which some may have other values, and its settings and cells likewise.
 *
 * @throws {@link ServerError}, as `submitNotebook` does.
 */
export async function rerun(
  platform: Platform,
  earlier: StoredRun,
  request: RerunRun,
  key: Pick<RunKey, "idempotencyKey" | "traceparent">,
): Promise<AskedRun> {
  const { path } = earlier;
  const parameters =
    request.parameters === undefined
      ? earlier.parameters
      : encodeJson({ ...asObject(earlier.parameters), ...asObject(request.parameters.text) });
  checkParameterSize(parameters, platform.maxParameterBytes);
  const kernelName = request.kernel_name ?? earlier.kernelName;
  // Its own run may be pruned already.
  await platform.sources.hold(earlier.sourceHash);
  const sourceHash = await mendSource(platform, earlier.sourceHash, request.cells ?? {});
  const warnings = checkParameters(
    notebookOf(await readSourceNotebook(platform, sourceHash)),
    parameters,
    kernelName,
  );
  const run = {
    path,
    sourceHash,
    kernelName,
    parameters,
    settings: completeSettings(request, readSettings(earlier)),
    priority: request.priority ?? earlier.priority,
    tags: [...new Set(request.tags ?? earlier.tags)],
    rerunOf: earlier.id,
  };
  const { deliveries } = request;
  const rules = rulesOf(deliveries ?? [], platform);
  const started = await startRun(
    platform,
    { ...run, rules },
    { ...key, request: deliveries === undefined ? run : [run, deliveries] },
  );
  return { run: started, warnings };
}

function asObject(text: string): JsonObject {
  const value = parseJson(text);
  if (isJsonObject(value)) return value;
  throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
}
