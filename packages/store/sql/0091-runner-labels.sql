-- What a runner has to have for an attempt: its labels, sorted, with a space between; mostly none.
-- A runner looks up each set of labels by itself, so that what it cannot take is never looked at.

alter table ready add column needs text not null default '';
drop index ready_in_order;
create index ready_in_order on ready (needs, priority desc, attempt_id);

alter table runner add column labels text[] not null default '{}';
