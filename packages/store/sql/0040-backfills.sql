-- Runs over a range of a schedule's slots. What each of them gets is worked out when the backfill is made.

create table backfill (
  id uuid primary key,
  owner text not null,
  trigger_id uuid not null references trigger (id),
  range_from timestamptz not null,
  -- Not in the range.
  range_until timestamptz not null,
  -- The most of its runs that are under way at a time.
  concurrency int not null,
  -- The rest of its runs, as the schedule had it then.
  path text not null,
  kernel_name text,
  source_hash text not null,
  settings text not null,
  priority int not null,
  tags text[] not null,
  created_at timestamptz not null,
  paused_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text,
  finished_at timestamptz
);

create index backfill_by_trigger on backfill (trigger_id, id desc);
create index backfill_open on backfill (id) where finished_at is null;

create table backfill_slot (
  backfill_id uuid not null references backfill (id),
  slot timestamptz not null,
  state text not null check (state in ('waiting', 'started', 'over', 'cancelled')),
  -- JSON, worked out.
  parameters text not null,
  run_id uuid references run (id),
  primary key (backfill_id, slot)
);

create index backfill_slot_open on backfill_slot (backfill_id, slot) where state in ('waiting', 'started');
