-- Runs that a notebook started while it ran, by the token of its attempt.

alter table run add column started_by_run uuid references run (id);
-- How many runs above it were started so.
alter table run add column depth int not null default 0;
create index run_started_by on run (started_by_run, id desc) where started_by_run is not null;
