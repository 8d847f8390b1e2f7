/** Levels of Python's `logging`, as papermill's `--log-level` names them. */
export type LogLevel = "NOTSET" | "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

const RANK: Readonly<Record<LogLevel, number>> = {
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
};

/** Writes lines of at least the given level. */
export type Log = (level: LogLevel, line: string) => void;

/** Makes a {@link Log} that writes bare messages, as papermill's does. */
export function createLog(write: (text: string) => void, least: LogLevel): Log {
  return (level, line) => {
    if (RANK[level] >= RANK[least]) write(`${line}\n`);
  };
}
