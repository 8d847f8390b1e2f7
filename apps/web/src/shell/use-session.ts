import type { Session } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { server } from "../server/server.ts";

/** Who is signed in, and for what; undefined until that is known. */
function useSession(): Session | undefined {
  const { data } = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => server.getSession({ signal }),
    staleTime: 60_000,
  });
  return data;
}

/** Whether the person may change everything. Until that is known they are taken to: most may. */
export function useMayChange(): boolean {
  const session = useSession();
  return session === undefined || session.scope === "full";
}

/** Whether the server sends mail. Until that is known it is taken to. */
export function useCanMail(): boolean {
  return useSession()?.can_mail ?? true;
}

/** Whether the person may start runs. */
export function useMayRun(): boolean {
  const session = useSession();
  return session === undefined || session.scope === "full" || session.scope === "submit";
}
