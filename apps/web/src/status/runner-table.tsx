import type { ServerStatus } from "@notemill/api";
import type { ReactNode } from "react";
import { Ago } from "../shell/ago.tsx";
import { groupRunners, type KnownRunner } from "./runner-groups.ts";

/** What is said of runners that are not there. */
const WORDS = { ended: "Ended", replaced: "Replaced", lost: "Lost" } as const;

/** The runners that are there, and folded those that were. */
export function RunnerTable({ runners }: Pick<ServerStatus, "runners">): ReactNode {
  const { here, gone } = groupRunners(runners);
  return (
    <section>
      <h2>Runners</h2>
      {here.length === 0 ? (
        <p className="quiet">None is connected.</p>
      ) : (
        <Table name="Runners that are connected">
          {here.map((runner) => (
            <Row key={runner.id} runner={runner} word="Connected" status="succeeded">
              {runner.busy} of {runner.slots}
            </Row>
          ))}
        </Table>
      )}
      {gone.length > 0 && (
        <details className="gone-runners">
          <summary>
            {gone.length === 1 ? "1 runner that was here" : `${gone.length} runners that were here`}
          </summary>
          <p className="quiet">
            One that has ended had nothing left to do. What a lost one was doing is done again by another. One
            that was replaced ended without a word, and has another of its name after it.
          </p>
          <Table name="Runners that were here">
            {gone.map(({ runner, state }) => (
              <Row key={runner.id} runner={runner} word={WORDS[state]} status="gone">
                –
              </Row>
            ))}
          </Table>
        </details>
      )}
    </section>
  );
}

function Table({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <table className="list" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">Runner</th>
          <th scope="col">State</th>
          <th scope="col">In use</th>
          <th scope="col" className="wide-only">
            Version
          </th>
          <th scope="col" className="end">
            Heard of
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Row({
  runner,
  word,
  status,
  children,
}: {
  readonly runner: KnownRunner;
  readonly word: string;
  readonly status: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <tr>
      <td className="name">{runner.name}</td>
      <td>
        <span className="status" data-status={status}>
          {word}
        </span>
      </td>
      <td>{children}</td>
      <td className="wide-only">{runner.version}</td>
      <td className="end quiet">
        <Ago time={runner.seen_at} />
      </td>
    </tr>
  );
}
