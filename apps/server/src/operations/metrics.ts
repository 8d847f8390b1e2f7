import type { Driver } from "@notemill/store";
import { countWork } from "@notemill/store";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The numbers of one server process, for Prometheus. */
export interface Metrics {
  /** An attempt was claimed so long after it was queued, in milliseconds. */
  claimed(waitedMs: number): void;
  /** An attempt has ended. */
  attemptEnded(status: string): void;
  leasesExpired(count: number): void;
  /** A message of the outbox was tried. */
  delivered(outcome: string): void;
  /** Slots have fired, so long after their instants, in milliseconds. */
  slotFired(lateMs: number): void;
  /** So many things of a kind have gone by retention. */
  retained(kind: string, count: number): void;
  /** Retention has gone through everything. */
  retentionRound(at: Date): void;
  /** Spans were sent to a collector, or dropped. */
  spans(outcome: string, count: number): void;
  answered(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The numbers as text. */
  text(): Promise<{ readonly type: string; readonly text: string }>;
  /** A driver that is measured. */
  measured(driver: Driver): Driver;
}

/** Makes the numbers. @param isRunnerSince - When a runner has to have been heard of to count. */
export function createMetrics(options: {
  readonly driver: () => Driver;
  readonly now: () => Date;
  readonly runnerSilenceMs: number;
}): Metrics {
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  collectDefaultMetrics({ register });
  const runs = new Gauge({
    name: "notemill_runs",
    help: "Runs that are not over, by status.",
    labelNames: ["status"],
    registers,
  });
  const queue = new Gauge({
    name: "notemill_queue_depth",
    help: "Attempts that wait for a runner.",
    registers,
  });
  const stranded = new Gauge({
    name: "notemill_queue_stranded",
    help: "Attempts that wait for a runner with labels that none has which was heard of lately, by those.",
    labelNames: ["labels"],
    registers,
  });
  const runners = new Gauge({
    name: "notemill_runners",
    help: "Runners that were heard of lately.",
    registers,
  });
  const claims = new Histogram({
    name: "notemill_claim_wait_seconds",
    help: "From the queue to a runner.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30, 300],
    registers,
  });
  const ended = new Counter({
    name: "notemill_attempts_ended_total",
    help: "Attempts that have ended by this server, by status.",
    labelNames: ["status"],
    registers,
  });
  const expired = new Counter({
    name: "notemill_leases_expired_total",
    help: "Attempts whose runner was not heard of any more.",
    registers,
  });
  const outbox = new Gauge({
    name: "notemill_outbox",
    help: "Messages that are to be sent, and that were given up.",
    labelNames: ["state"],
    registers,
  });
  const overdue = new Gauge({
    name: "notemill_schedules_overdue",
    help: "Schedules that should have fired more than five seconds ago.",
    registers,
  });
  const deliveries = new Counter({
    name: "notemill_deliveries_total",
    help: "Attempts of this server to send a message, by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  const slots = new Histogram({
    name: "notemill_slot_delay_seconds",
    help: "From when a schedule was due until this server has fired it.",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 3600],
    registers,
  });
  const gone = new Counter({
    name: "notemill_retention_gone_total",
    help: "What this server has let go because it was old or too much, by kind.",
    labelNames: ["kind"],
    registers,
  });
  const round = new Gauge({
    name: "notemill_retention_round_timestamp_seconds",
    help: "When this server has last gone through all that may be old.",
    registers,
  });
  const spans = new Counter({
    name: "notemill_trace_spans_total",
    help: "Spans of traces, by whether a collector took them.",
    labelNames: ["outcome"],
    registers,
  });
  const database = new Histogram({
    name: "notemill_database_seconds",
    help: "Time of statements and transactions, waiting included.",
    labelNames: ["kind", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const requests = new Histogram({
    name: "notemill_http_seconds",
    help: "Time of answers; those that wait for something aside.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    registers,
  });

  async function timed<T>(kind: string, body: () => Promise<T>): Promise<T> {
    const end = database.startTimer({ kind });
    try {
      const result = await body();
      end({ outcome: "ok" });
      return result;
    } catch (error) {
      end({ outcome: "failed" });
      throw error;
    }
  }

  return {
    claimed: (waitedMs) => claims.observe(Math.max(0, waitedMs) / 1000),
    attemptEnded: (status) => ended.inc({ status }),
    leasesExpired: (count) => expired.inc(count),
    delivered: (outcome) => deliveries.inc({ outcome }),
    slotFired: (lateMs) => slots.observe(Math.max(0, lateMs) / 1000),
    spans: (outcome, count) => spans.inc({ outcome }, count),
    retained: (kind, count) => gone.inc({ kind }, count),
    retentionRound: (at) => round.set(at.getTime() / 1000),
    answered: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: `${status}` }, seconds),
    async text() {
      const since = new Date(options.now().getTime() - options.runnerSilenceMs);
      const work = await countWork(options.driver(), { now: options.now(), runnersSince: since });
      for (const [status, count] of Object.entries(work.runs)) runs.set({ status }, count);
      queue.set(work.ready);
      stranded.reset();
      for (const { labels, count } of work.stranded) stranded.set({ labels: labels.join(" ") }, count);
      outbox.set({ state: "waiting" }, work.outbox.waiting);
      outbox.set({ state: "given_up" }, work.outbox.givenUp);
      overdue.set(work.overdue);
      runners.set(work.runners);
      return { type: register.contentType, text: await register.metrics() };
    },
    measured: (driver) => ({
      ...driver,
      query: (sql, values) => timed("query", () => driver.query(sql, values)),
      tx: (body, options) => timed("tx", () => driver.tx(body, options)),
      [Symbol.asyncDispose]: () => driver.close(),
    }),
  };
}
