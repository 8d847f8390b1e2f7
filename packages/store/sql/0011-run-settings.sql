-- How a run is carried out, what it is found by, and what it repeats.

alter table run drop column max_attempts;
alter table run add column settings text not null default '{"timeouts":{"queue_ms":null,"start_ms":60000,"cell_ms":null,"run_ms":null},"retry":{"user":{"retries":0,"backoff":{"kind":"exponential","base_ms":60000,"factor":2,"max_ms":3600000}},"platform":{"retries":2,"backoff":{"kind":"exponential","base_ms":1000,"factor":2,"max_ms":60000}},"timeout":{"retries":0,"backoff":{"kind":"exponential","base_ms":60000,"factor":2,"max_ms":3600000}},"max_retries":99,"jitter":0.1,"never_retry":[]},"keep_kernel_ms":0}';
alter table run alter column settings drop default;
alter table run add column priority int not null default 0;
alter table run add column tags text[] not null default '{}';
alter table run add column rerun_of uuid references run (id);
alter table run add column not_before timestamptz;

-- Finds runs by a word, newest first.
create table run_tag (
  tag text not null,
  run_id uuid not null references run (id),
  primary key (tag, run_id)
);

create index run_by_path on run (path, id desc);
create index run_by_owner on run (owner, id desc);

-- The latest one that succeeded is asked for by a stable address.
create index run_succeeded on run (path, finished_at desc, id desc) where status = 'succeeded';

-- Whose fault it was decides about retries.
alter table attempt add column exit_class text check (exit_class in ('user', 'platform', 'timeout'));

-- Until when an attempt may wait.
alter table ready add column expires_at timestamptz;
create index ready_by_expiry on ready (expires_at) where expires_at is not null;
