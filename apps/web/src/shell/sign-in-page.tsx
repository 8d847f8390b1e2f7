import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "./problem.tsx";
import { useTitle } from "./use-title.ts";

/** Asks somebody who is not signed in for the server's token. */
export function SignInPage(): ReactNode {
  useTitle("Sign in");
  const queries = useQueryClient();
  const [token, setToken] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const signIn = async (): Promise<void> => {
    setBusy(true);
    try {
      await server.signIn(token.trim());
      // What was refused is asked for anew.
      queries.clear();
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void signIn();
  };
  return (
    <main className="sign-in" id="main">
      <form onSubmit={submit}>
        <h1>Sign in to Notemill</h1>
        <p className="quiet">
          Open the address with <code>?token=</code> that the server has printed, or paste its token here. It
          is in the file <code>token</code> of the server’s data directory.
        </p>
        {/* Whose token it is, for what keeps passwords. */}
        <input type="text" name="username" autoComplete="username" value="notemill" readOnly hidden />
        <label>
          Token
          <input
            type="password"
            autoComplete="current-password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            required
            spellCheck={false}
          />
        </label>
        {error !== null && <Problem error={error} />}
        <button type="submit" className="primary" disabled={isBusy}>
          Sign in
        </button>
      </form>
    </main>
  );
}
