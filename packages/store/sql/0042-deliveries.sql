-- Who is told what of a run or of the slots of a trigger.

create table delivery_rules (
  trigger_id uuid unique references trigger (id),
  run_id uuid unique references run (id),
  owner text not null,
  -- JSON: a list.
  rules text not null,
  check ((trigger_id is null) <> (run_id is null))
);

-- What is to be told, is being told, or was. Written by the transaction in which it came to be.
create table outbox (
  id bigint generated always as identity primary key,
  owner text not null,
  -- The rule as it was then, as JSON.
  rule text not null,
  event text not null,
  -- A rule tells an event once.
  key text not null unique,
  trigger_id uuid references trigger (id),
  run_id uuid references run (id),
  slot timestamptz,
  -- Why a slot has no run, as JSON.
  reason text,
  state text not null check (state in ('waiting', 'sent', 'given_up')),
  attempts int not null default 0,
  not_before timestamptz not null,
  -- Why the last attempt went wrong.
  problem text,
  created_at timestamptz not null,
  ended_at timestamptz
);

create index outbox_waiting on outbox (not_before) where state = 'waiting';
create index outbox_by_state on outbox (state, id desc);
create index outbox_by_run on outbox (run_id, id desc) where run_id is not null;
create index outbox_by_trigger on outbox (trigger_id, id desc) where trigger_id is not null;
