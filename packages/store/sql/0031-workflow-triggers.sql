-- A trigger may start a workflow in place of a notebook.

alter table trigger add column workflow_id uuid references workflow (id);
alter table trigger alter column path drop not null;
alter table trigger add constraint trigger_starts_one check ((path is null) <> (workflow_id is null));
alter table trigger_slot add column workflow_run_id uuid references workflow_run (id);
