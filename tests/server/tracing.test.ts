import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, type TestPlatform } from "../support/platform.ts";

/** A span as OTLP has it in JSON. */
interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface WireRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: WireSpan["attributes"] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";

describe("traces", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-tracing-"));
  const spans: WireSpan[] = [];
  const services = new Set<unknown>();
  const refused: string[] = [];
  let isAway = false;
  let platform: TestPlatform;
  /** A collector that reads what comes as the protocol has it. */
  const collector = createServer((request, response) => {
    void json(request).then((body) => {
      if (request.url !== "/v1/traces" || request.headers["x-key"] !== "a b") refused.push(request.url ?? "");
      if (!isAway)
        for (const { resource, scopeSpans } of (body as WireRequest).resourceSpans) {
          services.add(resource.attributes.find(({ key }) => key === "service.name")?.value["stringValue"]);
          spans.push(...scopeSpans.flatMap((scope) => scope.spans));
        }
      response.writeHead(isAway ? 503 : 200, { "content-type": "application/json" }).end("{}");
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => void collector.listen(0, "127.0.0.1", resolve));
    const { port } = collector.address() as { readonly port: number };
    await mkdir(join(directory, "home"));
    platform = await startPlatform(directory, [], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b",
      OTEL_SERVICE_NAME: "mill",
    });
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    collector.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function submit(
    name: string,
    sources: readonly string[],
    headers: Readonly<Record<string, string>> = {},
    parameters: object = {},
  ) {
    await writeNotebook(join(directory, "home", name), sources);
    const answer = await fetch(`${platform.url}/api/v1/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${platform.token}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({ path: `~/${name}`, parameters }),
    });
    const run = (await answer.json()) as { readonly id: string; readonly traceparent: string };
    await follow(platform.client, run.id);
    return run;
  }
  const of = (span: WireSpan | undefined, key: string): unknown =>
    Object.values(span?.attributes.find((it) => it.key === key)?.value ?? {})[0];
  /** The spans of a run's trace, once its attempt is among them. */
  async function traceOf(id: string): Promise<readonly WireSpan[]> {
    const isOfRun = (it: WireSpan): boolean => it.name === "attempt" && of(it, "notemill.run_id") === id;
    await expect.poll(() => spans.some(isOfRun)).toBe(true);
    const { traceId } = spans.find(isOfRun) as WireSpan;
    return spans.filter((it) => it.traceId === traceId);
  }

  it("follow a run from the request of somebody else's trace to its record, through its kernel", async () => {
    const given = `00-${TRACE}-b7ad6b7169203331-01`;
    const sources = [
      "import os\nprint(os.environ['TRACEPARENT'])",
      "secret = 'do not tell'\nraise ValueError('no luck')",
    ];
    const run = await submit("a.ipynb", sources, { traceparent: given });
    const trace = await traceOf(run.id);
    expect(refused).toEqual([]);
    expect(services).toEqual(new Set(["mill"]));
    expect(trace.map(({ name }) => name).sort()).toEqual(
      ["attempt", "cell", "cell", "claim", "queued", "record", "save", "start kernel", "submit"].sort(),
    );
    const [submitted] = trace.filter(({ name }) => name === "submit");
    const [attempt] = trace.filter(({ name }) => name === "attempt");
    expect(trace.every(({ traceId }) => traceId === TRACE)).toBe(true);
    expect(submitted?.parentSpanId).toBe("b7ad6b7169203331");
    expect(attempt?.parentSpanId).toBe(submitted?.spanId);
    expect(run.traceparent).toBe(`00-${TRACE}-${submitted?.spanId}-01`);
    const below = trace.filter(({ name }) => name !== "submit" && name !== "attempt");
    for (const span of below) {
      expect(span.parentSpanId).toBe(attempt?.spanId);
      expect(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano)).toBe(true);
      expect(BigInt(span.startTimeUnixNano) >= BigInt(attempt?.startTimeUnixNano ?? 0)).toBe(true);
      expect(BigInt(span.endTimeUnixNano) <= BigInt(attempt?.endTimeUnixNano ?? 0)).toBe(true);
    }
    expect(new Set(trace.map(({ spanId }) => spanId)).size).toBe(trace.length);
    const [good, bad] = trace.filter(({ name }) => name === "cell");
    expect([of(good, "notemill.cell_id"), of(bad, "notemill.cell_id")]).toEqual(["c0", "c1"]);
    expect([good?.status, bad?.status.code]).toEqual([{}, 2]);
    expect(attempt?.status.message).toContain("no luck");
    expect(JSON.stringify(trace)).not.toContain("do not tell");
    const output = Buffer.from(await platform.client.getNotebook(run.id)).toString("utf8");
    expect(output).toContain(`00-${TRACE}-${attempt?.spanId}-01`);
  });

  it("have no secret that an error tells", async () => {
    const { client } = platform;
    await client.putSecret("warehouse", { text: "hunter2 hunter2", grants: ["~/secret.ipynb"] });
    const cells = ["password = ''", "raise ValueError(f'cannot sign in with {password}')"];
    const run = await submit("secret.ipynb", cells, {}, { password: { secret: "warehouse" } });
    const trace = await traceOf(run.id);
    const attempt = trace.find(({ name }) => name === "attempt");
    expect(attempt?.status.message).toContain("cannot sign in with [secret warehouse]");
    expect(JSON.stringify(trace)).not.toContain("hunter2");
  });

  it("are left out where their own trace does not want them, and begin with the request without one", async () => {
    const unwanted = await submit("b.ipynb", ["import os\nprint(os.environ['TRACEPARENT'])"], {
      traceparent: `00-${TRACE.replace("0a", "0b")}-b7ad6b7169203331-00`,
    });
    const own = await submit("c.ipynb", ["x = 1"], { traceparent: "nonsense" });
    const trace = await traceOf(own.id);
    expect(trace.map(({ name }) => name)).toContain("submit");
    expect(spans.some((it) => of(it, "notemill.run_id") === unwanted.id)).toBe(false);
    expect(Buffer.from(await platform.client.getNotebook(unwanted.id)).toString("utf8")).toMatch(
      /00-0bf7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00/,
    );
  });

  it("keep no run waiting for a collector that is away", async () => {
    isAway = true;
    const lost = await submit("d.ipynb", ["x = 1"]);
    expect(await platform.client.getRun(lost.id)).toMatchObject({ status: "succeeded" });
    await expect
      .poll(() => platform.client.metrics())
      .toMatch(/^notemill_trace_spans_total\{outcome="dropped"\} [1-9]/m);
    isAway = false;
    expect((await traceOf((await submit("e.ipynb", ["x = 1"])).id)).length).toBeGreaterThan(5);
  });
});
