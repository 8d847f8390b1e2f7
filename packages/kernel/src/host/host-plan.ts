import { encodeJson, isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { StartKernelOptions } from "../start-kernel.ts";
import { protocolError } from "./frame-codec.ts";
import type { SpoolSettings } from "./spool/spool.ts";

/** What a host is to start: the options of {@link startKernel} that can be written down, and its own. */
export interface HostPlan {
  readonly options: StartKernelOptions;
  readonly keepMs: number;
  readonly fence: number;
  readonly spool: SpoolSettings;
}

/** Writes a plan for its way to the host; options that are functions, signals or the host's stay behind. */
export function encodePlan(plan: HostPlan): Uint8Array {
  const { options, keepMs, fence, spool } = plan;
  return Buffer.from(
    encodeJson({ options: withoutAbsent(options), keepMs, fence, spool: withoutAbsent(spool) }),
  );
}

/**
 * Reads a plan.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL`.
 */
export function readPlan(bytes: Uint8Array | undefined): HostPlan {
  const value = bytes && parseJson(Buffer.from(bytes).toString());
  if (isJsonObject(value) && isJsonObject(value["options"]) && isJsonObject(value["spool"])) {
    // It was written by this package, in this version.
    return value as unknown as HostPlan;
  }
  throw protocolError("a start request comes without a plan");
}

/** What JSON can say of a value: no `undefined`, functions or signals. */
function withoutAbsent(object: object): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]): [string, JsonObject[string]][] => {
    if (value === undefined || typeof value === "function" || value instanceof AbortSignal) return [];
    const isPlain = isJsonObject(value) && (key === "env" || key === "options");
    return [[key, isPlain ? withoutAbsent(value) : value]];
  });
  return Object.fromEntries(entries);
}
