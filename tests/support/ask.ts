import type { PlatformServer } from "../../apps/server/src/index.ts";

/** Asks a server as a browser or a program does that nobody has written for it. */
export interface Asking {
  /** Asks without following redirects. */
  ask(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: unknown,
  ): Promise<Response>;
  /** Signs a browser in as a person does who opens the address that the server has printed; gives the cookie. */
  signIn(): Promise<string>;
}

/** The {@link Asking} of a server that may be started later. */
export function asking(server: () => PlatformServer): Asking {
  const ask: Asking["ask"] = (method, path, headers = {}, body) =>
    fetch(`${server().url}${path}`, {
      method,
      redirect: "manual",
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    ask,
    async signIn() {
      const answer = await ask("GET", `/?token=${server().token}`);
      return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    },
  };
}

/** The code of a refusal, or the status of another answer. */
export async function codeOf(answer: Response): Promise<string> {
  return answer.ok ? `${answer.status}` : ((await answer.json()) as { readonly code: string }).code;
}
