import type { RunDetail, Verification } from "@notemill/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { withBase } from "../routing/base-path.ts";
import { isOver } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { formatBytes } from "../shell/format-bytes.ts";
import { Problem } from "../shell/problem.tsx";

/** The files of a run's records, with a check of every byte. */
export function RunFiles({ run }: { readonly run: RunDetail }): ReactNode {
  const { id, status } = run;
  const { data, error } = useQuery({
    queryKey: ["records", id, status],
    queryFn: ({ signal }) => server.listRecords(id, { signal }),
  });
  const verify = useMutation({ mutationFn: () => verifyRun(id) });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  if (data.records.length === 0) {
    return (
      <p className="empty">
        {isOver(status) ? "This run left no record." : "The record is here when the run is over."}
      </p>
    );
  }
  return (
    <>
      <div className="verify">
        <button type="button" onClick={() => verify.mutate()} disabled={verify.isPending}>
          Verify
        </button>
        <p aria-live="polite" className="quiet">
          {verify.data === undefined
            ? "compares every byte with the hashes that were written with it"
            : verdict(verify.data)}
        </p>
      </div>
      {verify.isError && <Problem error={verify.error} />}
      {verify.data !== undefined && verify.data.problems.length > 0 && (
        <ul className="problem">
          {verify.data.problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {data.records.toReversed().map(({ attempt, files }) => (
        <section key={attempt} className="record">
          {data.records.length > 1 && <h2>Attempt {attempt}</h2>}
          <table className="list">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col" className="end">
                  Size
                </th>
                <th scope="col" className="wide-only">
                  SHA-256
                </th>
              </tr>
            </thead>
            <tbody>
              {files.map(({ name, size, sha256 }) => (
                <tr key={name}>
                  <td className="name">
                    <a href={recordHref(id, attempt, name)} download={name.split("/").at(-1)}>
                      {name}
                    </a>
                  </td>
                  <td className="end quiet">{formatBytes(size)}</td>
                  <td className="wide-only hash">{sha256.slice(0, 16)}…</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

async function verifyRun(id: string): Promise<Pick<Verification, "files" | "problems">> {
  const problems: Verification["problems"] = [];
  let files = 0;
  for (let after: number | null = 0; after !== null;) {
    const page: Verification = await server.verifyRecords({ run: id, after });
    problems.push(...page.problems);
    files += page.files;
    after = page.next;
  }
  return { files, problems };
}

function verdict({ files, problems }: Pick<Verification, "files" | "problems">): string {
  if (problems.length > 0)
    return `${problems.length === 1 ? "1 problem" : `${problems.length} problems`} in ${files} files`;
  return `${files} files are as they were written`;
}

function recordHref(id: string, attempt: number, name: string): string {
  const query = new URLSearchParams({ name });
  return withBase(`/api/v1/runs/${id}/records/${attempt}/file?${query.toString()}`);
}
