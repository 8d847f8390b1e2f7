/**
 * Whether nothing that stays needs a row of `run`: its manifest is written, its sweep has gone before it and no
 * other one has its result, its workflow-run is over, and nobody is still to be told of it.
 */
export const NOTHING_NEEDS_RUN = `not exists (
     select from attempt join record on record.attempt_id = attempt.id
     where attempt.run_id = run.id and record.manifest is not null
   )
   and not exists (select from run as parent where parent.id = run.sweep_id and parent.pruned_at is null)
   and not exists (
     select from sweep_child join run as parent on parent.id = sweep_child.sweep_id
     where sweep_child.run_id = run.id and sweep_child.is_kept and parent.pruned_at is null
   )
   and not exists (
     select from workflow_run
     where workflow_run.id = run.workflow_run_id and workflow_run.status in ('queued', 'running')
   )
   and not exists (select from outbox where outbox.run_id = run.id and outbox.state = 'waiting')`;
