import { pino } from "pino";

/** What a line of the log is about, beside its words. */
export type LogFacts = Readonly<Record<string, unknown>>;

/** Where the server says what it does: one JSON object a line, or a person's lines. */
export interface ServerLog {
  info(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}

/** A log of JSON lines with `time`, `level`, `msg` and the facts; `err` has the stack of an error. */
export function jsonLog(write: (line: string) => void): ServerLog {
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write },
  );
}

/** A log for a person: what went wrong, and nothing else. */
export function textLog(write: (line: string) => void): ServerLog {
  return {
    info: () => undefined,
    error({ err }, message) {
      const why = err instanceof Error ? (err.stack ?? err.message) : String(err);
      write(err === undefined ? `notemill: ${message}\n` : `notemill: ${message}: ${why}\n`);
    },
  };
}
