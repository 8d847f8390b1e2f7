-- The core: what was asked for, what is being tried, and what happened.
-- JSON that nobody looks into is text: jsonb reorders keys and refuses NaN.

create table source (
  hash text primary key,
  path text not null,
  owner text not null,
  created_at timestamptz not null
);

create table runner (
  id uuid primary key,
  name text not null,
  slots int not null,
  version text not null,
  seen_at timestamptz not null
);

create table run (
  id uuid primary key,
  owner text not null,
  status text not null check (
    status in ('queued', 'starting', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out', 'lost')
  ),
  path text not null,
  source_hash text not null references source (hash),
  kernel_name text,
  parameters text not null,
  idempotency_key text,
  request_sha256 text not null,
  attempt int not null,
  max_attempts int not null,
  event_seq int not null default 0,
  failure text,
  cancel_requested_at timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  unique (owner, idempotency_key)
);

-- Ids are UUIDs of version 7, so they list by time.
create index run_by_status on run (status, id desc);

create table attempt (
  id uuid primary key,
  run_id uuid not null references run (id),
  number int not null,
  status text not null check (
    status in ('queued', 'starting', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out', 'lost')
  ),
  runner_id uuid references runner (id),
  fence int not null default 0,
  lease_until timestamptz,
  event_count int not null default 0,
  failure text,
  facts text,
  created_at timestamptz not null,
  claimed_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  unique (run_id, number)
);

create index attempt_by_lease on attempt (lease_until) where lease_until is not null;

-- The attempts that wait for a runner. Small and hot: a row goes when it is claimed.
create table ready (
  attempt_id uuid primary key references attempt (id),
  priority int not null default 0,
  not_before timestamptz not null
);

create index ready_in_order on ready (priority desc, attempt_id);

-- What happened in a run, in the order of seq, without gaps.
create table event (
  run_id uuid not null references run (id),
  seq int not null,
  attempt int not null,
  at timestamptz not null,
  kind text not null,
  data text not null,
  primary key (run_id, seq)
);

-- The files of an attempt that are in the store of records.
create table record_file (
  attempt_id uuid not null references attempt (id),
  name text not null,
  sha256 text not null,
  size bigint not null,
  primary key (attempt_id, name)
);

-- The chain of records. The text of a manifest stays here until it is in its file.
create table record (
  seq int primary key,
  attempt_id uuid not null unique references attempt (id),
  directory text not null,
  sha256 text not null,
  previous_sha256 text,
  manifest text,
  created_at timestamptz not null
);

create index record_unwritten on record (seq) where manifest is not null;

create table record_head (
  one boolean primary key default true check (one),
  seq int not null,
  sha256 text
);

insert into record_head (seq, sha256) values (0, null);
