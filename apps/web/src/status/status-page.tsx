import type { Run, ServerStatus, StoreState } from "@notemill/api";
import { formatDuration } from "@notemill/html-export";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { KernelTime } from "../debug/kernel-time.tsx";
import { sizeText } from "../parameters/size-choices.ts";
import { Link } from "../routing/link.tsx";
import { runHref, viewHref } from "../routing/route.ts";
import { queueText } from "../runs/queue-text.ts";
import { RunTime } from "../runs/run-time.tsx";
import { StatusBadge } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { Problem } from "../shell/problem.tsx";
import { say, sayError } from "../shell/toasts.ts";
import { useTitle } from "../shell/use-title.ts";
import "../styles/run.css";
import "../styles/status.css";
import { shortId } from "../shell/short-id.ts";
import { RunnerTable } from "./runner-table.tsx";

/** How often the status is read again, in milliseconds. */
const AGAIN_MS = 3000;

/** A disk with less room than either of these is nearly full: in bytes, and as a share of all. */
const LITTLE_BYTES = 2 ** 30;
const LITTLE_SHARE = 0.03;

/** Shows how the server is: who does the work, what waits, what takes long, and where things are kept. */
export function StatusPage(): ReactNode {
  useTitle("Status");
  const { data, error } = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => server.status({ signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <div className="page status-page">
      <header className="page-head">
        <h1>Status</h1>
        {data !== undefined && (
          <p className="facts">
            <span>Notemill {data.version}</span>
            <span>
              {data.database.kind === "pglite" ? "embedded database" : "PostgreSQL"},{" "}
              {formatBytes(data.database.bytes)}
            </span>
          </p>
        )}
      </header>
      {error !== null && <Problem error={error} />}
      {data !== undefined && <Loaded status={data} />}
    </div>
  );
}

function Loaded({ status }: { readonly status: ServerStatus }): ReactNode {
  const { queue, runners, under_way: underWay, kept_kernels: kernels, memory, mounts } = status;
  const here = runners.filter((it) => it.is_here);
  const slots = here.reduce((sum, it) => sum + it.slots, 0);
  const busy = here.reduce((sum, it) => sum + it.busy, 0);
  return (
    <>
      <dl className="big-numbers">
        <Big name="running" value={String(queue.running + queue.starting)} />
        <Big name="waiting" value={String(queue.queued)} />
        <Big name="places in use" value={`${busy} of ${slots}`} />
        <Big name="kernels kept" value={String(kernels.length)} />
      </dl>
      <Warnings status={status} />
      <section>
        <h2>Under way</h2>
        {underWay.length === 0 ? (
          <p className="quiet">Nothing runs, and nothing waits.</p>
        ) : (
          <table className="list">
            <thead>
              <tr>
                <th scope="col">Notebook</th>
                <th scope="col">Status</th>
                <th scope="col" className="end">
                  Takes
                </th>
                <th scope="col">
                  <span className="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {underWay.map((it) => (
                <UnderWay key={it.run.id} run={it.run} usual={it.usual_seconds} isLong={it.is_long} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <RunnerTable runners={runners} />
      {kernels.length > 0 && (
        <section>
          <h2>Kernels that are kept</h2>
          <table className="list">
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Until</th>
                <th scope="col">
                  <span className="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {kernels.map(({ run_id: id, path, until }) => (
                <KeptKernel key={id} id={id} path={path} until={until} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {memory !== null && <Memory memory={memory} />}
      <section>
        <h2>Storage</h2>
        <ul className="mounts">
          {mounts.map((mount) => (
            <li key={mount.path}>
              <Link href={viewHref(mount.path)}>{mount.path}</Link>
              <StoreText state={mount} note={mount.is_writable ? "" : "read-only"} />
            </li>
          ))}
          <li>
            <span>Data directory, with the records</span>
            <StoreText state={status.records} note="" />
          </li>
        </ul>
      </section>
    </>
  );
}

function StoreText({ state, note }: { readonly state: StoreState; readonly note: string }): ReactNode {
  const { problem, space } = state;
  if (problem !== null) return <span className="where bad">Cannot be used: {problem}</span>;
  const room =
    space === null ? "" : `${formatBytes(space.free_bytes)} of ${formatBytes(space.total_bytes)} free`;
  return <span className="quiet">{[note, room].filter((it) => it !== "").join(", ")}</span>;
}

function Big({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What somebody should look at, and what can be done about it. */
function Warnings({ status }: { readonly status: ServerStatus }): ReactNode {
  const { runners, queue, outbox, overdue_schedules: overdue } = status;
  const { space } = status.records;
  const texts = [
    runners.some((it) => it.is_here)
      ? null
      : "No runner is there, so nothing runs. Start one with: notemill runner --server URL --token-file FILE",
    queue.oldest_ready_at !== null && Date.parse(status.time) - Date.parse(queue.oldest_ready_at) > 60_000
      ? `${queueText(status) ?? "A run was ready for a while."} It has been so for more than a minute: start another runner, or give one more places (--slots).`
      : null,
    overdue > 0
      ? `${overdue === 1 ? "A schedule" : `${overdue} schedules`} should have fired a while ago. The server's log says what keeps ${overdue === 1 ? "it" : "them"}.`
      : null,
    outbox.given_up > 0
      ? `${outbox.given_up === 1 ? "A message" : `${outbox.given_up} messages`} could not be delivered. See ${outbox.given_up === 1 ? "it" : "them"} with: notemill deliveries list --state given_up`
      : null,
    space !== null && (space.free_bytes < LITTLE_BYTES || space.free_bytes < space.total_bytes * LITTLE_SHARE)
      ? `The disk of the data directory is nearly full: ${formatBytes(space.free_bytes)} are free, and runs fail when there is no room. Make some, or remove old records with: notemill runs prune`
      : null,
  ].filter((it) => it !== null);
  if (texts.length === 0) return null;
  return (
    <ul className="warnings" role="status">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function UnderWay({
  run,
  usual,
  isLong,
}: {
  readonly run: Run;
  readonly usual: number | null;
  readonly isLong: boolean;
}): ReactNode {
  const queries = useQueryClient();
  const { id, path } = run;
  const cancel = useMutation({
    mutationFn: () => server.cancelRun(id),
    onSuccess: () => say(`${path.split("/").at(-1) ?? path} is being cancelled`),
    onError: (error) => sayError(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["status"] }),
  });
  return (
    <tr>
      <td className="name">
        <Link href={runHref(id)}>{path.split("/").at(-1)}</Link>
        <span className="where">{path.split("/").slice(0, -1).join("/")}</span>
      </td>
      <td>
        <StatusBadge status={run.status} />
        {isLong && <span className="where bad">longer than usual</span>}
      </td>
      <td className="end quiet">
        {run.started_at === null ? <Ago time={run.created_at} /> : <RunTime run={run} />}
        {usual !== null && <span className="where">usually {formatDuration(usual)}</span>}
      </td>
      <td className="end">
        <button
          type="button"
          disabled={cancel.isPending || run.cancel_requested_at !== null}
          onClick={() => cancel.mutate()}
          aria-label={`Cancel ${path.split("/").at(-1) ?? path}`}
        >
          {run.cancel_requested_at === null ? "Cancel" : "Cancelling …"}
        </button>
      </td>
    </tr>
  );
}

function KeptKernel({
  id,
  path,
  until,
}: {
  readonly id: string;
  readonly path: string;
  readonly until: string;
}): ReactNode {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => server.endKernel(id),
    onError: (error) => sayError(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["status"] }),
  });
  return (
    <tr>
      <td className="name">
        <Link href={runHref(id)}>
          {path.split("/").at(-1)} {shortId(id)}
        </Link>
      </td>
      <td className="quiet">
        <KernelTime until={until} />
      </td>
      <td className="end">
        <button
          type="button"
          disabled={end.isPending}
          onClick={() => end.mutate()}
          aria-label={`End the kernel of ${shortId(id)}`}
        >
          End
        </button>
      </td>
    </tr>
  );
}

/** What runs took of memory, and so which size they need. */
function Memory({ memory }: { readonly memory: NonNullable<ServerStatus["memory"]> }): ReactNode {
  const { runs, median_bytes: median, most_bytes: most, fits } = memory;
  return (
    <section>
      <h2>Memory that runs need</h2>
      <p className="quiet">
        Of the last {runs} runs half took {sizeText(median)} or less, and the largest {sizeText(most)}.
      </p>
      <table className="fits">
        <thead>
          <tr>
            <th scope="col">Size</th>
            <th scope="col">Runs that fit</th>
          </tr>
        </thead>
        <tbody>
          {fits.map(({ bytes, share }) => (
            <tr key={bytes}>
              <th scope="row">{sizeText(bytes)}</th>
              <td>
                <progress max={1} value={share} aria-label={`Runs that fit ${sizeText(bytes)}`} />{" "}
                {Math.floor(share * 100)} %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
