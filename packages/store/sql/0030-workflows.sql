-- Workflows: steps and what each waits for. JSON is text, as everywhere.

create table workflow (
  id uuid primary key,
  owner text not null,
  name text not null,
  -- The version that a start takes, and the newest one.
  active_version int not null,
  newest_version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);

create unique index workflow_by_name on workflow (owner, name) where deleted_at is null;

-- Never changed.
create table workflow_version (
  workflow_id uuid not null references workflow (id),
  version int not null,
  -- As it was given.
  definition text not null,
  -- What carries it out: the definition with its defaults, and what its steps run, by hash.
  plan text not null,
  -- Hash of the plan: a definition that is applied again with the same notebooks makes no version.
  sha256 text not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (workflow_id, version)
);

create table workflow_run (
  id uuid primary key,
  workflow_id uuid not null,
  version int not null,
  owner text not null,
  status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out')),
  -- Which time it runs; a restart counts on.
  sequence int not null,
  -- The state of the pure machine.
  state text not null,
  parameters text not null,
  -- What started it: slot, interval, body of an event.
  occasion text not null,
  idempotency_key text,
  request_sha256 text not null,
  trigger_id uuid references trigger (id),
  started_by text not null,
  reason text,
  event_seq int not null default 0,
  paused_at timestamptz,
  paused_by text,
  paused_reason text,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  -- When its time is over.
  deadline timestamptz,
  -- When somebody has to look at it without an attempt that ends. Null where nothing is to come.
  due_at timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (workflow_id, version) references workflow_version (workflow_id, version),
  unique (owner, idempotency_key)
);

create index workflow_run_by_workflow on workflow_run (workflow_id, id desc);
create index workflow_run_by_status on workflow_run (status, id desc);
create index workflow_run_due on workflow_run (due_at) where due_at is not null;

-- What the state of the machine does not say of a step.
create table workflow_step (
  workflow_run_id uuid not null references workflow_run (id),
  step text not null,
  -- The items of a foreach.
  items text,
  -- Why it could not be prepared.
  problem text,
  -- When its time is over.
  deadline timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workflow_run_id, step)
);

-- A task that was started: a run, or a wait. One that could not be has a problem.
create table workflow_task (
  workflow_run_id uuid not null references workflow_run (id),
  sequence int not null,
  step text not null,
  task int not null,
  run_id uuid unique references run (id),
  wait_until timestamptz,
  problem text,
  is_over boolean not null default false,
  -- The run has to be cancelled, by whoever sees this first.
  cancel_requested_at timestamptz,
  primary key (workflow_run_id, step, task, sequence)
);

create index workflow_task_to_cancel on workflow_task (cancel_requested_at)
  where cancel_requested_at is not null and not is_over;

-- What happened in a workflow-run, in the order of seq, without gaps.
create table workflow_event (
  workflow_run_id uuid not null references workflow_run (id),
  seq int not null,
  sequence int not null,
  at timestamptz not null,
  kind text not null,
  data text not null,
  primary key (workflow_run_id, seq)
);

-- The workflow-run that a run is a task of.
alter table run add column workflow_run_id uuid references workflow_run (id);

-- What the notebook recorded, as far as the runner sent it, and names of what it did not.
alter table attempt add column scraps text;
alter table attempt add column scraps_left_out text[] not null default '{}';
