import type { RunDetail } from "@notemill/api";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { server } from "../server/server.ts";
import { addOutputs, type ConsoleEntry } from "./console-entry.ts";

/** How often what has come is shown, in milliseconds. */
const SHOW_MS = 60;

/** A console that is bound to the kernel which was kept for a run. */
export interface Console {
  readonly entries: readonly ConsoleEntry[];
  readonly isBusy: boolean;
  /** Until when the kernel is kept, ISO 8601; null where it is not. */
  readonly until: string | null;
  /** Executes code in the kernel; nothing while something is executed already. */
  execute(code: string): void;
  /** Interrupts what is executed. */
  interrupt(): void;
  clear(): void;
}

/** Executes code in the kernel that was kept for a run. What goes on when the page is left is interrupted. */
export function useConsole(run: RunDetail): Console {
  const queries = useQueryClient();
  const [entries, setEntries] = useState<readonly ConsoleEntry[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [noted, setNoted] = useState<string | null | undefined>(undefined);
  const current = useRef<AbortController>(undefined);
  const lastId = useRef(0);
  const { id } = run;

  const change = (entryId: number, next: (entry: ConsoleEntry) => ConsoleEntry): void =>
    setEntries((before) => before.map((it) => (it.id === entryId ? next(it) : it)));

  const execute = useCallback(
    (code: string): void => {
      if (current.current !== undefined || code.trim() === "") return;
      const abort = new AbortController();
      current.current = abort;
      const entryId = (lastId.current += 1);
      setBusy(true);
      setEntries((before) => [...before, { id: entryId, code, outputs: [], result: null }]);
      let waiting: string[] = [];
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        clearTimeout(timer);
        timer = undefined;
        const texts = waiting;
        waiting = [];
        if (texts.length > 0) change(entryId, (it) => addOutputs(it, texts));
      };
      const end = (result: ConsoleEntry["result"]): void => {
        show();
        change(entryId, (it) => ({ ...it, result }));
        current.current = undefined;
        setBusy(false);
      };
      const follow = async (): Promise<void> => {
        for await (const event of server.executeCode(id, code, { signal: abort.signal })) {
          if (event.type === "output") {
            waiting.push(event.output);
            timer ??= setTimeout(show, SHOW_MS);
            continue;
          }
          setNoted(event.result.kernel_until);
          end(event.result);
          return;
        }
      };
      follow().catch((error: unknown) => {
        const status = abort.signal.aborted ? "interrupted" : "gone";
        const message = abort.signal.aborted ? null : error instanceof Error ? error.message : String(error);
        end({ status, message, execution_count: null });
        void queries.invalidateQueries({ queryKey: ["run", id] });
      });
    },
    [id, queries],
  );
  useEffect(() => () => current.current?.abort(), []);
  return {
    entries,
    isBusy,
    until: noted === undefined ? (run.attempts.at(-1)?.kernel_until ?? null) : noted,
    execute,
    interrupt: () => current.current?.abort(),
    clear: () => setEntries([]),
  };
}
