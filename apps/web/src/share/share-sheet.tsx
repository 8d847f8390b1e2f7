import type { CreatedLink } from "@notemill/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { CopyField } from "./copy-field.tsx";
import { LinkList } from "./link-list.tsx";
import { linkChoices, linkRequest, mayOmitCode, type SharedThing } from "./shared-thing.ts";
import "../styles/forms.css";
import "../styles/share.css";

const DAY_MS = 86_400_000;

/** How long a link may hold, in days. The server's default is the second. */
const DAYS = [1, 7, 30, 365];

/** Makes links to something, and lists and revokes those that there are. */
export function ShareSheet({
  thing,
  onClose,
}: {
  readonly thing: SharedThing;
  readonly onClose: () => void;
}): ReactNode {
  const id = useId();
  const queries = useQueryClient();
  const choices = linkChoices(thing);
  const [kind, setKind] = useState(choices[0]?.kind ?? "path");
  const [days, setDays] = useState(7);
  const [code, setCode] = useState<"show" | "omit">("show");
  const [note, setNote] = useState("");
  const [made, setMade] = useState<CreatedLink | null>(null);
  const make = useMutation({
    mutationFn: () =>
      server.createLink(
        linkRequest(thing, kind, { note, code, expiresAt: new Date(Date.now() + days * DAY_MS) }),
      ),
    onSuccess: async (link) => {
      setMade(link);
      setNote("");
      await queries.invalidateQueries({ queryKey: ["links"] });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Sheet label="Share" className="share" onClose={onClose}>
      <h2>Share</h2>
      <p className="quiet">Whoever has the link can look, and change nothing. No sign-in is needed.</p>
      <form onSubmit={submit} className="run-form">
        {choices.length > 1 && (
          <fieldset>
            <legend>The link shows</legend>
            {choices.map((choice) => (
              <label key={choice.kind}>
                <input
                  type="radio"
                  name={`${id}-kind`}
                  checked={choice.kind === kind}
                  onChange={() => setKind(choice.kind)}
                />
                {choice.label}
              </label>
            ))}
          </fieldset>
        )}
        {mayOmitCode(thing) && (
          <label className="share-code">
            <input
              type="checkbox"
              checked={code === "omit"}
              aria-describedby={code === "omit" ? `${id}-code-help` : undefined}
              onChange={({ target }) => setCode(target.checked ? "omit" : "show")}
            />
            Without code
          </label>
        )}
        {mayOmitCode(thing) && code === "omit" && (
          <p className="quiet" id={`${id}-code-help`}>
            The server leaves out the code of cells and tracebacks. What cells have printed stays as it is,
            and so does text that quotes code.
          </p>
        )}
        <div className="share-row">
          <label htmlFor={`${id}-days`}>
            Holds for
            <select id={`${id}-days`} value={days} onChange={({ target }) => setDays(Number(target.value))}>
              {DAYS.map((count) => (
                <option key={count} value={count}>
                  {count === 1 ? "a day" : `${count} days`}
                </option>
              ))}
            </select>
          </label>
          <label htmlFor={`${id}-note`}>
            Note, for yourself
            <input
              id={`${id}-note`}
              value={note}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => setNote(target.value)}
            />
          </label>
        </div>
        <button type="submit" className="primary" disabled={make.isPending}>
          Make a link
        </button>
        {make.isError && <Problem error={make.error} />}
      </form>
      {made !== null && (
        <>
          <CopyField label="The link, which is shown this once" text={made.url} />
          {isOfThisMachine(made.url) && (
            <p className="quiet">
              It opens on this machine only, where the server listens. Start it with <code>--host</code> and{" "}
              <code>--public-url</code> for others.
            </p>
          )}
        </>
      )}
      <LinkList thing={thing} onRevoked={(revoked) => revoked === made?.id && setMade(null)} />
    </Sheet>
  );
}

/** Whether nobody else can open an address. */
function isOfThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
}
