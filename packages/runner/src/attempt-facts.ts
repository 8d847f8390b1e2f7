import { hostname } from "node:os";
import type { AttemptFacts, Source } from "@notemill/api";
import { NOTEMILL_VERSION, readKernelChoice } from "@notemill/executor";
import { encodeJson, RawJson } from "@notemill/json";
import { findKernelspecs, type Kernelspec } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import { inferParameters, type ParameterMap } from "@notemill/parameters";

import { environmentFacts } from "./attempt-environment.ts";

/** What the record says about the surroundings of an attempt. */
export async function attemptFacts(
  notebook: Notebook,
  attempt: {
    readonly runnerName: string;
    readonly kernelName: string | null;
    readonly builtInKernelspecs: readonly Kernelspec[];
    readonly parameters: ParameterMap;
    /** The kernelspec of an environment. Default: that of the kernel's name. */
    readonly kernelspec?: Kernelspec | undefined;
    readonly environment: Source["environment"];
  },
): Promise<AttemptFacts> {
  const { runnerName, parameters } = attempt;
  const { kernelName, language } = readKernelChoice(notebook, {
    kernelName: attempt.kernelName ?? undefined,
  });
  const kernelspec =
    attempt.kernelspec ??
    (await findKernelspecs({ builtIns: attempt.builtInKernelspecs })).find(
      ({ name }) => name.toLowerCase() === kernelName?.toLowerCase(),
    );
  return {
    runner: {
      name: runnerName,
      version: NOTEMILL_VERSION,
      host: hostname(),
      platform: `${process.platform} ${process.arch}, Node ${process.version}`,
    },
    kernelspec:
      kernelspec === undefined
        ? null
        : { name: kernelspec.name, language: kernelspec.language, argv: [...kernelspec.argv] },
    environment: await environmentFacts(attempt.environment, kernelspec),
    parameters: parameterOrigins(notebook, parameters, { kernelName, language }),
    resumed: null,
    resources: null,
  };
}

/** Every parameter that was given or that the notebook sets, with where its value comes from. */
function parameterOrigins(
  notebook: Notebook,
  given: ParameterMap,
  { kernelName, language }: ReturnType<typeof readKernelChoice>,
): AttemptFacts["parameters"] {
  const declared =
    language === undefined
      ? []
      : inferParameters(notebook, { language, ...(kernelName === undefined ? {} : { kernelName }) });
  const presets = declared.flatMap(({ name, value }) =>
    value === undefined || given.has(name)
      ? []
      : [{ name, origin: "notebook" as const, value: new RawJson(encodeJson(value)) }],
  );
  const requested = [...given].map(([name, value]) => ({
    name,
    origin: "request" as const,
    value: new RawJson(encodeJson(value)),
  }));
  return [...requested, ...presets];
}
