import { describe, expect, it } from "vitest";
import { formatTraceparent, parseTraceparent, traceOf } from "./trace-context.ts";
import { readTraceSettings } from "./trace-settings.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

describe("readTraceSettings", () => {
  it.each([
    [{}, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "" }, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", OTEL_SDK_DISABLED: "TRUE" }, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", OTEL_TRACES_EXPORTER: "none" }, null],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318/" }, "http://c:4318/v1/traces"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "https://c/otlp" }, "https://c/otlp/v1/traces"],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://x", OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c/t" },
      "http://c/t",
    ],
  ])("finds in %j the endpoint %s", (env, url) => expect(readTraceSettings(env)?.url ?? null).toBe(url));

  it("reads headers as they are in URLs", () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://c",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20a, x=1",
    };
    expect(readTraceSettings(env)?.headers).toEqual({ authorization: "Bearer a", x: "1" });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c", OTEL_EXPORTER_OTLP_HEADERS: "secret" }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c", OTEL_EXPORTER_OTLP_HEADERS: "a=%zz" }],
  ])("refuses %j, and says no secret", (env) => {
    expect(() => readTraceSettings(env)).toThrow(
      expect.objectContaining({
        code: "TRACE_SETTINGS_INVALID",
        message: expect.not.stringContaining("secret") as string,
      }),
    );
  });
});

describe("parseTraceparent", () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`cc-${TRACE}-${SPAN}-03-more`, true],
  ])("reads %s", (text, isSampled) =>
    expect(parseTraceparent(text)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled }),
  );

  it.each([
    "",
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
  ])("takes %j for none", (text) => expect(parseTraceparent(text)).toBeNull());

  it("gives a run without one a trace of its own", () => {
    expect(traceOf("01900000-0000-7000-8000-000000000001", null)).toEqual({
      traceId: "01900000000070008000000000000001",
      parentSpanId: null,
      isSampled: true,
    });
    const text = formatTraceparent({ traceId: TRACE, spanId: SPAN, isSampled: false });
    expect(traceOf("x", text)).toEqual({ traceId: TRACE, parentSpanId: SPAN, isSampled: false });
  });
});
