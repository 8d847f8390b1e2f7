import type { AppliedWorkflow } from "@notemill/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from "react";
import { server } from "../server/server.ts";
import { ErrorCode } from "../shell/error-code.tsx";
import { Problem } from "../shell/problem.tsx";
import { type DefinitionProblem, problemsOf, readDefinition } from "./definition-text.ts";

interface DefinitionEditorProps {
  /** The definition to begin with, as YAML. */
  readonly text: string;
  /** The only name that it may have. Default: any. */
  readonly name?: string;
  readonly onApplied: (applied: AppliedWorkflow) => void;
}

/** How long somebody has to rest before the server checks what they have written, in milliseconds. */
const REST_MS = 500;

/** A definition as YAML, with what is wrong with it at its lines while it is written. */
export function DefinitionEditor({ text: first, name, onApplied }: DefinitionEditorProps): ReactNode {
  const [text, setText] = useState(first);
  const field = useRef<HTMLTextAreaElement>(null);
  const rested = useRested(useDeferredValue(text));
  const read = readDefinition(text);
  const own = ownProblem(read, name);
  const check = useQuery({
    queryKey: ["definition-check", rested],
    queryFn: ({ signal }) => {
      const asked = readDefinition(rested);
      if (!("definition" in asked)) return null;
      return server.applyWorkflow({ ...asked, dry_run: true }, { signal });
    },
    enabled: own === null && rested === text,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const apply = useMutation({
    mutationFn: () => {
      if (!("definition" in read)) throw new Error(read.message);
      return server.applyWorkflow(read);
    },
    onSuccess: onApplied,
  });
  const found = check.error === null ? null : problemsOf(check.error, rested);
  const problems = own === null ? (found ?? []) : [own];
  const isChecked = own === null && rested === text && check.isSuccess;
  const other = found === null ? check.error : null;

  const goToLine = (line: number): void => {
    const { current } = field;
    if (current === null) return;
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
    current.focus();
    current.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  const bad = new Set(problems.map(({ line }) => line));
  return (
    <section className="definition" aria-label="Definition">
      <div className="definition-text">
        <pre aria-hidden="true">
          {text.split("\n").map((_line, at) => (
            <span key={at} data-bad={bad.has(at + 1) || undefined}>{`${at + 1}\n`}</span>
          ))}
        </pre>
        <textarea
          ref={field}
          className="code-input"
          aria-label="Definition as YAML"
          aria-invalid={problems.length > 0}
          value={text}
          rows={text.split("\n").length}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className="definition-side" aria-live="polite">
        {problems.length > 0 && (
          <ul className="definition-problems">
            {problems.map((problem) => (
              <ProblemLine key={`${problem.line} ${problem.message}`} problem={problem} onGo={goToLine} />
            ))}
          </ul>
        )}
        {other !== null && own === null && <Problem error={other} />}
        {isChecked && check.data !== null && <Verdict applied={check.data} />}
        {apply.isError && <Problem error={apply.error} />}
        <div className="form-end">
          <button
            type="button"
            className="primary"
            disabled={!isChecked || apply.isPending || check.data?.outcome === "unchanged"}
            onClick={() => apply.mutate()}
          >
            Apply
          </button>
          {!isChecked && problems.length === 0 && other === null && <span className="quiet">Checking …</span>}
        </div>
      </div>
    </section>
  );
}

function ProblemLine({
  problem: { line, message, code },
  onGo,
}: {
  readonly problem: DefinitionProblem;
  readonly onGo: (line: number) => void;
}): ReactNode {
  return (
    <li>
      <button type="button" className="plain" onClick={() => onGo(line)}>
        Line {line}
      </button>{" "}
      {message}
      {code !== null && <ErrorCode code={code} />}
    </li>
  );
}

/** What applying it would do. */
function Verdict({
  applied: { outcome, version, changes },
}: {
  readonly applied: AppliedWorkflow;
}): ReactNode {
  if (outcome === "created") return <p>This makes a new workflow.</p>;
  if (outcome === "unchanged")
    return <p className="quiet">This is version {version}, and changes nothing.</p>;
  return (
    <>
      <p>This makes version {version}:</p>
      <ul className="definition-changes">
        {changes.map(({ step, field, before, after }) => (
          <li key={`${step ?? ""} ${field}`}>
            <b>{[step, field].filter((it) => it !== null && it !== "").join(", ")}</b>{" "}
            {before === null ? "is new" : after === null ? "is gone" : `${short(before)} → ${short(after)}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function ownProblem(
  read: ReturnType<typeof readDefinition>,
  name: string | undefined,
): DefinitionProblem | null {
  if (!("definition" in read)) return read;
  if (name === undefined || read.name === name) return null;
  return {
    line: 1,
    message: `This is the workflow ${name}; another name makes another workflow.`,
    code: null,
  };
}

/** A text once nobody has changed it for a while. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
