-- What servers want of runners: the output notebook of a run under way, and work in a kernel that was kept.

alter table attempt add column notebook_wanted boolean not null default false;
-- Counts the output notebooks that came while the attempt ran.
alter table attempt add column notebook_count int not null default 0;
-- Until when the runner keeps the attempt's kernel.
alter table attempt add column kernel_until timestamptz;
create index attempt_by_runner on attempt (runner_id) where lease_until is not null;

-- A run that goes on in the kernel of an attempt, at the runner that has it.
alter table run add column resumes uuid references attempt (id);
alter table ready add column runner_id uuid references runner (id);

-- Code for a kernel that was kept. Gone when it is no longer of interest.
create table kernel_request (
  id uuid primary key,
  attempt_id uuid not null references attempt (id),
  runner_id uuid not null references runner (id),
  code text not null,
  interrupt boolean not null default false,
  -- How it ended, as JSON; null before.
  result text,
  created_at timestamptz not null,
  finished_at timestamptz
);

create index kernel_request_open on kernel_request (runner_id) where finished_at is null;

create table kernel_output (
  request_id uuid not null references kernel_request (id) on delete cascade,
  seq int not null,
  data text not null,
  primary key (request_id, seq)
);
