import { type ReactNode, use, useState } from "react";
import type { ActivePart } from "./active-part.ts";
import { Frame } from "./frame.tsx";
import { OutputFramesContext } from "./output-frames.ts";

type State =
  | { readonly kind: "static" }
  | { readonly kind: "opening" }
  | { readonly kind: "active"; readonly url: string }
  | { readonly kind: "failed"; readonly why: string };

/** An output that needs a program: what is static of it, until somebody activates it. */
export function ActiveOutput({
  part,
  children,
}: {
  readonly part: ActivePart;
  /** The static form. */
  readonly children: ReactNode;
}): ReactNode {
  const frames = use(OutputFramesContext);
  const [state, setState] = useState<State>({ kind: "static" });
  if (frames === null) return children;
  const activate = async (): Promise<void> => {
    setState({ kind: "opening" });
    try {
      const url = await frames.open(part.frame);
      setState(url === null ? { kind: "failed", why: frames.remedy } : { kind: "active", url });
    } catch (error) {
      setState({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  };
  if (state.kind === "active") {
    return (
      <div className="output active-output">
        <Frame url={state.url} part={part} theme={frames.theme()} />
        <button type="button" onClick={() => setState({ kind: "static" })}>
          Deactivate
        </button>
      </div>
    );
  }
  return (
    <>
      {children}
      <div className="output activation">
        <button
          type="button"
          onClick={() => void activate()}
          disabled={state.kind === "opening"}
          aria-label={`Activate ${part.name}`}
        >
          Activate
        </button>
        <p
          className={state.kind === "failed" ? "activation-problem" : "note"}
          role={state.kind === "failed" ? "alert" : undefined}
        >
          {state.kind === "failed"
            ? state.why
            : `Runs this ${part.name} apart from the app, without the network.`}
        </p>
      </div>
    </>
  );
}
