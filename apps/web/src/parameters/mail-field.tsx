import type { ReactNode } from "react";
import { TextField } from "../shell/text-field.tsx";
import { useCanMail } from "../shell/use-session.ts";

/** Who gets a mail when a run fails; or that the server sends none. */
export function MailField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  if (!useCanMail()) {
    return (
      <p className="quiet">
        If a run fails, nobody gets a mail: the server was started without <code>$NOTEMILL_SMTP_URL</code>.
        The page of the schedule can call a webhook.
      </p>
    );
  }
  return (
    <TextField
      label="If a run fails, mail to"
      type="email"
      isMultiple
      isOptional
      hint="nobody"
      value={value}
      onChange={onChange}
    />
  );
}
