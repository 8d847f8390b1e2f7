-- Triggers whose slots are events: a run that has ended, a request to a webhook, a file that is there.

-- What makes an event the same one when it comes again, and what it says, as JSON.
alter table trigger_slot add column event_key text;
alter table trigger_slot add column body text;
-- How many events led to this one, each by the run of the one before.
alter table trigger_slot add column depth int not null default 0;

drop index trigger_slot_once;
create unique index trigger_slot_once on trigger_slot (trigger_id, slot) where not is_by_hand and event_key is null;
create unique index trigger_event_once on trigger_slot (trigger_id, event_key) where event_key is not null;
create index trigger_slot_by_run on trigger_slot (run_id) where run_id is not null;

-- What a trigger follows: the runs of a notebook, or those of another trigger.
create table trigger_follows (
  trigger_id uuid primary key references trigger (id),
  path text,
  upstream_id uuid references trigger (id)
);

create index trigger_follows_path on trigger_follows (path) where path is not null;
create index trigger_follows_upstream on trigger_follows (upstream_id) where upstream_id is not null;

-- Runs that have ended and that triggers follow. A row goes when their slots are made.
create table run_ended (
  run_id uuid primary key references run (id),
  ended_at timestamptz not null
);

-- The secret of a webhook: whoever has it starts runs.
create table trigger_webhook (
  trigger_id uuid primary key references trigger (id),
  secret text not null,
  created_at timestamptz not null
);

-- When the files of a trigger are looked at next.
create table trigger_watch (
  trigger_id uuid primary key references trigger (id),
  look_at timestamptz not null
);

create index trigger_watch_due on trigger_watch (look_at);

-- The files that were there at the last look.
create table trigger_file (
  trigger_id uuid not null references trigger (id),
  path text not null,
  version text not null,
  -- When this version was seen for the first time.
  seen_at timestamptz not null,
  -- Whether it has a slot, or was there before the trigger.
  is_done boolean not null,
  primary key (trigger_id, path)
);
