-- A backfill may be of a workflow, at the version that was active when it was made.

alter table backfill alter column path drop not null;
alter table backfill alter column source_hash drop not null;
alter table backfill add column workflow_id uuid;
alter table backfill add column workflow_version int;
alter table backfill add foreign key (workflow_id, workflow_version) references workflow_version (workflow_id, version);
alter table backfill add constraint backfill_runs_one check (
  (path is null) <> (workflow_id is null) and (path is null) = (source_hash is null)
);
alter table backfill_slot add column workflow_run_id uuid references workflow_run (id);
-- What the workflow-run is started with beside its parameters, as JSON: slot, interval.
alter table backfill_slot add column occasion text;

-- Who is told what of a workflow-run.

alter table delivery_rules add column workflow_run_id uuid unique references workflow_run (id);
alter table delivery_rules drop constraint delivery_rules_check;
alter table delivery_rules add constraint delivery_rules_of_one
  check (num_nonnulls(trigger_id, run_id, workflow_run_id) = 1);
alter table outbox add column workflow_run_id uuid references workflow_run (id);
create index outbox_by_workflow_run on outbox (workflow_run_id, id desc) where workflow_run_id is not null;
