-- When a workflow-run ends, its slot is looked up; the slots of a trigger are many, and stay.
create index trigger_slot_by_workflow_run on trigger_slot (workflow_run_id) where workflow_run_id is not null;
