import type { RunDetail } from "@notemill/api";
import type { ReactNode, RefCallback } from "react";
import { RerunForm } from "../parameters/rerun-form.tsx";
import { SweepAgainForm } from "../sweeps/sweep-again-form.tsx";

/** Properties of {@link AgainForm}. */
interface AgainFormProps {
  readonly run: RunDetail;
  readonly onClose: () => void;
  readonly headingRef: RefCallback<HTMLElement>;
}

/** A form that starts a run or a sweep again with other values. */
export function AgainForm(props: AgainFormProps): ReactNode {
  return props.run.is_sweep ? <SweepAgainForm {...props} /> : <RerunForm {...props} />;
}
