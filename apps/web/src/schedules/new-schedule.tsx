import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useDeferredValue, useState } from "react";
import { goTo } from "../routing/location.ts";
import { viewHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Choice } from "../shell/choice.tsx";
import { Problem } from "../shell/problem.tsx";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import "../styles/forms.css";
import { WorkflowScheduleForm } from "./workflow-schedule-form.tsx";

interface NewScheduleProps {
  /** The id of the workflow that is chosen at first. Default: a notebook is asked for. */
  readonly workflow?: string;
  readonly onClose: () => void;
}

/** Asks what is to run on a schedule: a notebook, whose own form goes on from there, or a workflow. */
export function NewSchedule({ workflow: first = "", onClose }: NewScheduleProps): ReactNode {
  const [kind, setKind] = useState<"notebook" | "workflow">(first === "" ? "notebook" : "workflow");
  return (
    <section className="new-schedule" aria-label="New schedule">
      <Choice
        label="What runs"
        choices={{ notebook: "A notebook", workflow: "A workflow" }}
        chosen={kind}
        onChoose={setKind}
      />
      {kind === "notebook" ? <NotebookChoice /> : <WorkflowChoice first={first} onClose={onClose} />}
    </section>
  );
}

/** The most notebooks that are offered while somebody writes. */
const OFFERED = 10;

function NotebookChoice(): ReactNode {
  const [path, setPath] = useState("");
  const words = useDeferredValue(path.trim());
  const { data } = useQuery({
    queryKey: ["search", words, "schedule"],
    queryFn: ({ signal }) => server.searchFiles({ q: words, limit: OFFERED }, { signal }),
    enabled: words.length >= 2 && !words.endsWith(".ipynb"),
    staleTime: 10_000,
  });
  // The server knows whose `~` is, and whether there is such a file.
  const find = useMutation({
    mutationFn: () => server.getFile(path.trim()),
    onSuccess: (file) => goTo(`${viewHref(file.path)}?run=schedule`),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    find.mutate();
  };
  return (
    <form className="run-form start-form" onSubmit={submit}>
      <TextField
        label="Notebook"
        isCode
        value={path}
        hint="/shared/examples/report.ipynb"
        help="Its path, or words to find it by. Its parameters are filled in on its page."
        choices={data?.files.map((file) => file.path) ?? []}
        onChange={(next) => {
          setPath(next);
          find.reset();
        }}
      />
      <div className="form-end">
        {find.isError && <Problem error={find.error} />}
        <button type="submit" className="primary" disabled={find.isPending}>
          Next
        </button>
      </div>
    </form>
  );
}

function WorkflowChoice({
  first,
  onClose,
}: {
  readonly first: string;
  readonly onClose: () => void;
}): ReactNode {
  const [chosen, setChosen] = useState(first);
  const { data, error } = useQuery({
    queryKey: ["workflows", "choice"],
    queryFn: ({ signal }) => server.listWorkflows({ limit: 200 }, { signal }),
  });
  const workflows = data?.workflows ?? [];
  const id = workflows.some((it) => it.id === chosen) ? chosen : (workflows[0]?.id ?? "");
  const detail = useQuery({
    queryKey: ["workflow", id],
    queryFn: ({ signal }) => server.getWorkflow(id, { signal }),
    enabled: id !== "",
  });
  const trouble = error ?? detail.error;
  if (trouble !== null) return <Problem error={trouble} />;
  if (data !== undefined && workflows.length === 0) {
    return (
      <p className="empty">
        There is no workflow yet. <code>notemill workflows apply FILE</code> makes one.
      </p>
    );
  }
  return (
    <>
      <div className="start-form">
        <SelectField
          label="Workflow"
          choices={Object.fromEntries(workflows.map((it) => [it.id, it.name]))}
          value={id}
          onChange={setChosen}
        />
      </div>
      {detail.data !== undefined && (
        <WorkflowScheduleForm key={id} workflow={detail.data} onClose={onClose} />
      )}
    </>
  );
}
