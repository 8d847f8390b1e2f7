import type { Span } from "./span.ts";

/** What the spans of a process have in common. */
export interface Resource {
  readonly serviceName: string;
  readonly instance: string;
}

/**
 * Spans as a request of OTLP over HTTP in JSON: ids are hexadecimal there, and 64-bit numbers are texts.
 * Source: <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>.
 */
export function otlpJson(spans: readonly Span[], { serviceName, instance }: Resource): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: attributesOf({ "service.name": serviceName, "service.instance.id": instance }),
        },
        scopeSpans: [{ scope: { name: "notemill" }, spans: spans.map(spanOf) }],
      },
    ],
  });
}

function spanOf({ traceId, spanId, parentSpanId, name, startNs, endNs, attributes, error }: Span): object {
  return {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    // SPAN_KIND_SERVER for what somebody asked for, SPAN_KIND_INTERNAL for the rest.
    kind: name === "submit" ? 2 : 1,
    startTimeUnixNano: `${startNs}`,
    endTimeUnixNano: `${endNs}`,
    attributes: attributesOf(attributes),
    // STATUS_CODE_ERROR, or unset.
    status: error === null ? {} : { code: 2, message: error.slice(0, 1000) },
  };
}

function attributesOf(attributes: Readonly<Record<string, string | number | boolean>>): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === "string"
        ? { stringValue: value }
        : typeof value === "boolean"
          ? { boolValue: value }
          : Number.isSafeInteger(value)
            ? { intValue: `${value}` }
            : { doubleValue: value },
  }));
}
