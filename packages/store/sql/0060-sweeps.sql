-- Sweeps: a run that is the parent of many runs of the same source, each with its own parameters.
-- The server itself holds the parent's attempt: it has no runner and no lease.

alter table run add column is_sweep boolean not null default false;

create table sweep (
  run_id uuid primary key references run (id),
  -- How many children may be under way at once.
  concurrency int not null,
  stop_on_failure boolean not null,
  -- `RunSettings` of the children, as JSON.
  child_settings text not null,
  total int not null,
  -- Children that are under way, and those that are over.
  open_count int not null,
  done_count int not null,
  -- When a child that did not succeed stopped the rest.
  stopped_at timestamptz,
  -- When the last child was over. The parent ends after that, with its summary.
  children_over_at timestamptz,
  is_over boolean not null default false
);

create index sweep_under_way on sweep (run_id) where not is_over;

create table sweep_child (
  sweep_id uuid not null references sweep (run_id),
  index int not null,
  -- The run of this child, which is there once it was started, or was there before.
  run_id uuid not null,
  attempt_id uuid not null,
  parameters text not null,
  is_started boolean not null default false,
  -- The result of an earlier sweep, which is not made again.
  is_kept boolean not null default false,
  -- What the output notebook recorded, as JSON, and its duration in seconds. Null before somebody has looked.
  metrics text,
  seconds double precision,
  primary key (sweep_id, index)
);

create index sweep_child_waiting on sweep_child (sweep_id, index) where not is_started;
create index sweep_child_by_run on sweep_child (sweep_id, run_id);

alter table run add column sweep_id uuid references sweep (run_id);
create index run_by_sweep on run (sweep_id, id desc) where sweep_id is not null;
