/**
 * Aborts at the first SIGINT or SIGTERM from now on. For a command that has been
 * asked to end and takes its time: who asks again means it.
 */
export function secondSignal(): AbortSignal & Disposable {
  const controller = new AbortController();
  const abort = (signal: NodeJS.Signals): void => controller.abort(signal);
  for (const signal of SIGNALS) process.on(signal, abort);
  return Object.assign(controller.signal, {
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, abort);
    },
  });
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
