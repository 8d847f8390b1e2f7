/**
 * Whether nothing that stays needs a row of `run`: its manifest is written, its sweep has gone before it and no
 * other one has its result, its workflow-run is over, nobody is still to be told of it, and it is not the last
 * that succeeded of its notebook, which is what a link to the latest output shows.
 */
export const NOTHING_NEEDS_RUN = `not (
     run.status = 'succeeded' and not run.is_sweep and run.sweep_id is null and not exists (
       select from run as later
       where later.owner = run.owner and later.path = run.path and later.status = 'succeeded'
         and later.pruned_at is null and later.sweep_id is null and not later.is_sweep
         and (later.finished_at, later.id) > (run.finished_at, run.id)
     )
   )
   and not exists (
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
