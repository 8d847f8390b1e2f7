-- A trigger may start a sweep in place of one run: what the values are beside its parameters, as JSON.

alter table trigger add column sweep text;
alter table trigger add constraint trigger_sweeps_notebooks check (sweep is null or path is not null);
alter table backfill add column sweep text;
