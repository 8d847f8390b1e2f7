-- Who may still speak for a kernel that was kept, what it is no longer kept for, and which schedule a run is of.

-- A kernel that runs went on in has the token of the attempt that started it.
create index run_by_resumes on run (resumes) where resumes is not null;

-- Somebody wants the kernel of the attempt to be kept no longer.
alter table attempt add column kernel_unwanted boolean not null default false;
create index attempt_kernel_unwanted on attempt (runner_id) where kernel_unwanted;

create index backfill_slot_by_run on backfill_slot (run_id) where run_id is not null;
