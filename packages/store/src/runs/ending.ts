import type { FinalStatus } from "@notemill/schedules";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import type { StoredAttempt, StoredEvent, StoredRun } from "./run-row.ts";

/** What the manifest of a record is made from. */
export interface RecordFacts {
  readonly run: StoredRun;
  readonly attempt: StoredAttempt;
  readonly files: readonly StoredFile[];
  /** Place in the chain, from 1. */
  readonly seq: number;
  /** Hash of the manifest before; null for the first one. */
  readonly previousSha256: string | null;
}

/** A file of an attempt that is in the store of records. */
export interface StoredFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** How records are laid out, which is not the database's to know. Pure. */
export interface RecordForm {
  /** The record's directory in its store. */
  directory(run: Pick<StoredRun, "id" | "createdAt">, attempt: Pick<StoredAttempt, "number">): string;
  /** The text of the manifest. */
  manifest(facts: RecordFacts): string;
  /** The file that the server makes of the events that it has, where the runner has handed none in. */
  readonly events: {
    readonly name: string;
    /** Of many events it is asked for in parts. */
    text(events: readonly StoredEvent[]): string;
  };
}

/** How an attempt ended, and what is needed to go on. */
export interface Ending {
  readonly outcome: FinalStatus;
  /** JSON. */
  readonly failure: string | null;
  /** JSON. */
  readonly facts: string | null;
  readonly now: Date;
  readonly form: RecordForm;
  /** Id of the next attempt, if there is one. */
  readonly nextAttemptId: string;
  /** For a run that is a task of a workflow-run, which goes on. */
  readonly advancing: Advancing;
  /** What the notebook recorded. Default: nothing. */
  readonly scraps?: { readonly data: string; readonly leftOut: readonly string[] } | null;
  /** Until when the runner keeps the attempt's kernel. Default: it does not. */
  readonly kernelUntil?: Date | null;
}
