import type { ReactNode } from "react";
import { isCodedError } from "@notemill/errors";

/** Says what went wrong, in the place of what could not be shown. */
export function Problem({ error }: { readonly error: unknown }): ReactNode {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className="problem" role="alert">
      <p>{`${message.charAt(0).toUpperCase()}${message.slice(1)}.`}</p>
      {isCodedError(error) && <p className="code">{error.code}</p>}
    </div>
  );
}
