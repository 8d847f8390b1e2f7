-- Rules that start runs, and the instants at which they did. A schedule is a trigger with slots in time.

create table trigger (
  id uuid primary key,
  owner text not null,
  name text not null,
  path text not null,
  kernel_name text,
  -- JSON; a value of the form {"cel": "…"} is an expression.
  parameters text not null,
  files text not null,
  settings text not null,
  priority int not null,
  tags text[] not null,
  spec text not null,
  catch_up text not null,
  concurrency text not null,
  max_jitter_ms int not null,
  grace_ms int not null,
  -- The source that was promoted. Null where each run reads the notebook as it is then.
  source_hash text,
  -- Grows with every change of what is above.
  version int not null,
  paused_at timestamptz,
  paused_by text,
  paused_reason text,
  -- The newest slot that is decided.
  watermark timestamptz not null,
  -- When to look again. Null where nothing is to come: paused, deleted, or without another slot.
  next_fire_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);

create unique index trigger_by_name on trigger (owner, name) where deleted_at is null;
create index trigger_due on trigger (next_fire_at) where next_fire_at is not null;

-- What became of a slot: it waits for its turn, has a run that is under way or over, or was left out.
create table trigger_slot (
  id uuid primary key,
  trigger_id uuid not null references trigger (id),
  slot timestamptz not null,
  is_by_hand boolean not null,
  state text not null check (state in ('waiting', 'started', 'over', 'skipped')),
  run_id uuid references run (id),
  -- Why it was left out, as JSON.
  skipped text,
  created_at timestamptz not null
);

-- A slot fires once. What is started by hand is no slot of the trigger's own.
create unique index trigger_slot_once on trigger_slot (trigger_id, slot) where not is_by_hand;
create index trigger_slot_by_trigger on trigger_slot (trigger_id, id desc);
create index trigger_slot_open on trigger_slot (trigger_id, id) where state in ('waiting', 'started');
