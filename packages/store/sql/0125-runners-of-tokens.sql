-- The token that a runner has first asked with: `server` for one of the server itself, else the id of one with a
-- name. Whoever has another one does not act for the runner, nor for its attempts. Null for a runner that has not
-- asked for work since this was kept.
alter table runner add column asked_with text;

-- A runner that nobody has heard of for long is forgotten, unless something waits for it.
create index runner_by_seen_at on runner (seen_at);
create index ready_by_runner on ready (runner_id) where runner_id is not null;
create index kernel_request_by_runner on kernel_request (runner_id);
