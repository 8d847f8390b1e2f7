import type { File } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { ParameterForm } from "./parameter-form.tsx";

interface RunFormProps {
  readonly file: File;
  readonly notebook: Notebook;
  readonly onClose: () => void;
}

/** A form of the parameters that a notebook declares; it starts a run, or a sweep, and goes to its page. */
export function RunForm({ file: { path }, notebook, onClose }: RunFormProps): ReactNode {
  return (
    <ParameterForm
      title="Run this notebook"
      notebook={notebook}
      onClose={onClose}
      start={(request, idempotencyKey) => server.submitRun({ path, ...request }, { idempotencyKey })}
      startSweep={(request, idempotencyKey) => server.submitSweep({ path, ...request }, { idempotencyKey })}
    />
  );
}
