import { ServerError } from "../server-error.ts";

/** Where traces go. */
export interface TraceSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

/**
 * Reads the variables that OpenTelemetry has for this; null where traces are off, which they are without an endpoint.
 *
 * @throws {@link ServerError} `TRACE_SETTINGS_INVALID`.
 */
export function readTraceSettings(env: Readonly<Record<string, string | undefined>>): TraceSettings | null {
  const whole = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  const base = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const isOff = env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_TRACES_EXPORTER"] === "none";
  if (isOff || (!whole && !base)) return null;
  // A path may be wanted of the first as it is.
  const url = whole || `${base?.replace(/\/+$/, "")}/v1/traces`;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw invalid(`"${url}" is no address of a collector; give one as http://localhost:4318`);
  const protocol = env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? env["OTEL_EXPORTER_OTLP_PROTOCOL"];
  if (protocol !== undefined && protocol !== "" && protocol !== "http/json")
    throw invalid(
      `the protocol "${protocol}" is not spoken here; every collector takes http/json at port 4318`,
    );
  const headers = env["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] ?? env["OTEL_EXPORTER_OTLP_HEADERS"] ?? "";
  return { url, headers: readHeaders(headers), serviceName: env["OTEL_SERVICE_NAME"] || "notemill" };
}

/** Reads `name=value,…`, with values as in URLs. What they are is nobody else's business. */
function readHeaders(text: string): Readonly<Record<string, string>> {
  const parts = text.split(",").filter((it) => it.trim() !== "");
  const headers = parts.map((part) => {
    const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined)
      throw invalid("the headers are not like name=value,name=value");
    try {
      return [name, decodeURIComponent(value)] as const;
    } catch {
      throw invalid(`the value of the header "${name}" is not encoded as in URLs`);
    }
  });
  return Object.fromEntries(headers);
}

function invalid(problem: string): ServerError {
  return new ServerError("TRACE_SETTINGS_INVALID", `traces cannot be sent: ${problem}`);
}
