-- Why a trigger that is due could not be fired, as JSON; null for one that could.
alter table trigger add column stall text;
create index trigger_stalled on trigger (id) where stall is not null;
