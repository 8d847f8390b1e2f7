import type { Link } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { isLinkTo, type SharedThing } from "./shared-thing.ts";

/** So many links are asked for at a time, and so often; those behind them are for the command line. */
const PAGE = 200;
const MOST_PAGES = 10;

/** The links to something that hold, each with a button that ends it. */
export function LinkList({
  thing,
  onRevoked,
}: {
  readonly thing: SharedThing;
  readonly onRevoked: (id: string) => void;
}): ReactNode {
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ["links"], queryFn: ({ signal }) => allLinks(signal) });
  const revoke = useMutation({
    mutationFn: (id: string) => server.revokeLink(id),
    onSuccess: (_answer, id) => onRevoked(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["links"] }),
  });
  if (error !== null) return <Problem error={error} />;
  const links = data?.filter((link) => isLinkTo(thing, link)) ?? [];
  if (links.length === 0)
    return data === undefined ? null : <p className="quiet">There are no links to it yet.</p>;
  return (
    <section aria-label="Links to it">
      <h3>Links to it</h3>
      <ul className="link-list">
        {links.map((link) => (
          <li key={link.id}>
            <span>
              {link.note === "" ? "A link" : link.note}
              {link.kind === "latest" && ", to its latest output"}
              {link.code === "omit" && ", without code"}
              <small className="quiet">
                until {shownTime(link.expires_at)},{" "}
                {link.last_used_at === null ? (
                  "never opened"
                ) : (
                  <>
                    opened <Ago time={link.last_used_at} />
                  </>
                )}
              </small>
            </span>
            <button
              type="button"
              aria-label={`Revoke ${link.note === "" ? "the link" : link.note}`}
              disabled={revoke.isPending}
              onClick={() => revoke.mutate(link.id)}
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
      {revoke.isError && <Problem error={revoke.error} />}
    </section>
  );
}

async function allLinks(signal: AbortSignal): Promise<readonly Link[]> {
  const links: Link[] = [];
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Awaited<ReturnType<typeof server.listLinks>> = await server.listLinks(
      { limit: PAGE, ...(before === null ? {} : { before }) },
      { signal },
    );
    links.push(...answer.links);
    before = answer.next;
    if (before === null) break;
  }
  return links;
}
