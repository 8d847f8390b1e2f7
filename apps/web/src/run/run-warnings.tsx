import type { RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { ErrorCode } from "../shell/error-code.tsx";
import { sentence } from "../shell/sentence.ts";

/** What a run has warned of, each once. Nothing where there is nothing. */
export function RunWarnings({ warnings }: Pick<RunDetail, "warnings">): ReactNode {
  const found = new Map(warnings.map((warning) => [warning.message, warning.code]));
  if (found.size === 0) return null;
  return (
    <ul className="run-warnings" aria-label="Warnings">
      {[...found].map(([message, code]) => (
        <li key={message}>
          {sentence(message)} <ErrorCode code={code} />
        </li>
      ))}
    </ul>
  );
}
