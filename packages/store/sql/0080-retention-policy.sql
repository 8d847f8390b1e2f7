-- A server lets old things go by itself, a few at a time.

-- Runs by age, from a place on; and those of a notebook by count, in which the children of sweeps are not counted.
drop index run_to_prune;
create index run_to_prune on run (finished_at, id) where pruned_at is null and finished_at is not null;
drop index run_by_notebook;
create index run_by_notebook on run (owner, path, id) where pruned_at is null and sweep_id is null;

-- The children of a sweep go behind its parent.
alter table sweep add column children_go boolean not null default false;
create index sweep_children_go on sweep (run_id) where children_go;
create index sweep_child_kept on sweep_child (run_id) where is_kept;

-- The events of a workflow-run go; one that was restarted has new ones.
alter table workflow_run add column pruned_at timestamptz;
create index workflow_run_to_prune on workflow_run (finished_at, id)
  where finished_at is not null and (pruned_at is null or pruned_at < finished_at);

-- The files of a source go when no run has it that is kept.
alter table source add column dropped_at timestamptz;
create index source_kept on source (hash) where dropped_at is null;
create index run_by_source on run (source_hash) where pruned_at is null;
-- Files that may belong to no source any longer, by hash.
create table source_file_loose (
  sha256 text primary key
);

create index outbox_ended on outbox (ended_at) where ended_at is not null;
create unique index file_blob_by_key on file_blob (key);
