import type { ReactNode } from "react";
import { isCodedError } from "@notemill/errors";
import { ErrorCode } from "./error-code.tsx";
import { sentence } from "./sentence.ts";

/** Says what went wrong, in the place of what could not be shown. */
export function Problem({ error }: { readonly error: unknown }): ReactNode {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className="problem" role="alert">
      <p>{sentence(message)}</p>
      {isCodedError(error) && <ErrorCode code={error.code} />}
    </div>
  );
}
