import { createNotebookRenderer } from "@notemill/html-export";
import { Outputs } from "@notemill/outputs";
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef, useState } from "react";
import { CodeInput } from "./code-input.tsx";
import type { ConsoleEntry } from "./console-entry.ts";
import { addToHistory, isAtEdge, lookInHistory, NO_HISTORY } from "./console-history.ts";
import type { Console } from "./use-console.ts";

const { renderOutputs } = createNotebookRenderer({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });

/** What was executed in a kept kernel with what came of it, and a line for what is next. */
export function KernelConsole({
  console: kernel,
  isEnded,
}: {
  readonly console: Console;
  readonly isEnded: boolean;
}): ReactNode {
  const { entries, isBusy, execute, interrupt } = kernel;
  const [code, setCode] = useState("");
  const [history, setHistory] = useState(NO_HISTORY);
  const input = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const count = entries.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "nearest" });
  }, [count, isBusy]);

  const run = (): void => {
    if (isBusy || code.trim() === "") return;
    execute(code);
    setHistory(addToHistory(history, code));
    setCode("");
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { selectionStart: from, selectionEnd: to } = event.currentTarget;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      run();
      return true;
    }
    if (event.key === "c" && event.ctrlKey && from === to && isBusy) {
      interrupt();
      return true;
    }
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.shiftKey || from !== to) return false;
    const direction = event.key === "ArrowUp" ? "back" : "forth";
    const found = isAtEdge(code, from, direction) ? lookInHistory(history, direction, code) : null;
    if (found === null) return false;
    setHistory(found.history);
    setCode(found.code);
    return true;
  };
  return (
    <div className="console">
      <div className="console-log" role="log" aria-label="What was executed">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        <div ref={end} />
      </div>
      {!isEnded && (
        <div className="console-line">
          <span aria-hidden="true">{isBusy ? "…" : ">"}</span>
          <CodeInput
            label="Code for the kernel"
            value={code}
            onChange={setCode}
            onKey={press}
            element={input}
            placeholder={count === 0 ? "df.head()" : ""}
          />
          {isBusy ? (
            <button type="button" onClick={interrupt}>
              Interrupt
            </button>
          ) : (
            <button type="button" onClick={run} disabled={code.trim() === ""}>
              Execute
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const Entry = memo(function Entry({ entry }: { readonly entry: ConsoleEntry }): ReactNode {
  const { code, outputs, result } = entry;
  return (
    <div className="console-entry">
      <pre className="console-code">{code}</pre>
      {outputs.length > 0 && (
        <div className="markup">
          <Outputs outputs={outputs} render={renderOutputs} />
        </div>
      )}
      {result === null && <p className="runs-now">Running</p>}
      {result?.status === "interrupted" && <p className="quiet">Interrupted{because(result.message)}</p>}
      {result?.status === "gone" && <p className="bad">It was not executed{because(result.message)}</p>}
    </div>
  );
});

function because(message: string | null): string {
  return message === null ? "." : `: ${message}.`;
}
