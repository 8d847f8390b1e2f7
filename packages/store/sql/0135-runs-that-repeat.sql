-- A run is asked for the newest one that repeats it.
create index run_by_rerun_of on run (rerun_of, id) where rerun_of is not null;
