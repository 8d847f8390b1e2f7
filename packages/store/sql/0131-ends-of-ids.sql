-- The beginnings of ids of one minute are alike, so pages show their ends, which people type.
create index run_by_id_end on run (right(id::text, 8));
create index workflow_run_by_id_end on workflow_run (right(id::text, 8));
