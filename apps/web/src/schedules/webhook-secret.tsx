import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BASE_PATH } from "../routing/base-path.ts";
import { server } from "../server/server.ts";
import { CopyField } from "../share/copy-field.tsx";
import { Problem } from "../shell/problem.tsx";
import { useMayChange } from "../shell/use-session.ts";
import "../styles/share.css";

/** Where the webhook of a schedule is, and what makes a new secret for it. */
export function WebhookSecret({ id }: { readonly id: string }): ReactNode {
  const mayChange = useMayChange();
  const renew = useMutation({ mutationFn: () => server.renewWebhookSecret(id) });
  return (
    <section className="webhook" aria-label="How it is called">
      <CopyField label="Webhook" text={`${location.origin}${BASE_PATH}/api/v1/hooks/${id}`} />
      {renew.data !== undefined && (
        <>
          <CopyField label="Secret, shown this once" text={renew.data.secret} />
          <p className="field-help">
            Who calls the webhook sends it as <code>Authorization: Bearer SECRET</code>. The one before is
            void.
          </p>
        </>
      )}
      {mayChange && (
        <div className="actions">
          <button type="button" disabled={renew.isPending} onClick={() => renew.mutate()}>
            Make a new secret
          </button>
        </div>
      )}
      {renew.isError && <Problem error={renew.error} />}
    </section>
  );
}
