import { isServerAway } from "@notemill/client";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isCodedError } from "@notemill/errors";
import { ErrorCode } from "./error-code.tsx";
import { sentence } from "./sentence.ts";

/** Says what went wrong, in the place of what could not be shown. */
export function Problem({ error }: { readonly error: unknown }): ReactNode {
  const queries = useQueryClient();
  const asked = queries
    .getQueryCache()
    .getAll()
    .find(({ state }) => isServerAway(error) && (state.error ?? state.fetchFailureReason) === error);
  // What waits for its next time is asked at once.
  const askNow = async (): Promise<void> => {
    await asked?.cancel({ silent: true });
    await asked?.fetch().catch(() => undefined);
  };
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className="problem" role="alert">
      <p>{sentence(message)}</p>
      {/* What a button has asked for is asked again by that button. */}
      {asked?.state.error === null && <p>It is asked again until it is back.</p>}
      {asked !== undefined && (
        <button type="button" onClick={() => void askNow()}>
          Try again
        </button>
      )}
      {isCodedError(error) && <ErrorCode code={error.code} />}
    </div>
  );
}
