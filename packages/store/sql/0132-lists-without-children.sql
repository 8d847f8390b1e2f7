-- Lists in which a sweep is one row: its children, which may be thousands, are not even looked at. Nothing is known
-- of how many runs the condition holds for, as it is written, so that no plan takes an index of all runs instead.
create index run_alone on run (id desc) where num_nulls(sweep_id) = 1;
create index run_alone_by_status on run (status, id desc) where num_nulls(sweep_id) = 1;
create index run_alone_by_path on run (path, id desc) where num_nulls(sweep_id) = 1;
create index run_alone_by_owner on run (owner, id desc) where num_nulls(sweep_id) = 1;

-- The tag once more, but of no child.
alter table run_tag add column alone_tag text;
update run_tag set alone_tag = tag from run where run.id = run_tag.run_id and run.sweep_id is null;
create index run_tag_alone on run_tag (alone_tag, run_id desc) where alone_tag is not null;

-- One plan is made for all values of a column. To go by what the tables are like, it would take a value for one that
-- a large part of the runs has, and look for it among all of them, newest first: a million for one that none has.
-- Each is to be found by its own index, by that of the path rather than the status, and of the status rather than the owner.
alter table run alter column path set (n_distinct = -1);
alter table run alter column status set (n_distinct = 10000);
alter table run alter column owner set (n_distinct = 100);
alter table run_tag alter column tag set (n_distinct = -1);
alter table run_tag alter column alone_tag set (n_distinct = -1);
do $$
begin
  if exists (select from run) then
    analyze run;
    analyze run_tag;
  end if;
end $$;

-- How many children have ended otherwise than well. The row of a sweep says it, and lists of what has failed have
-- the sweep, whatever its own status is.
alter table sweep add column failed_count int not null default 0;
alter table sweep add column timed_out_count int not null default 0;
alter table sweep add column lost_count int not null default 0;
alter table sweep add column cancelled_count int not null default 0;
update sweep set failed_count = counted.failed, timed_out_count = counted.timed_out, lost_count = counted.lost,
  cancelled_count = counted.cancelled
from (
  select sweep_child.sweep_id, count(*) filter (where run.status = 'failed') as failed,
    count(*) filter (where run.status = 'timed_out') as timed_out,
    count(*) filter (where run.status = 'lost') as lost, count(*) filter (where run.status = 'cancelled') as cancelled
  from sweep_child join run on run.id = sweep_child.run_id where sweep_child.is_started group by sweep_child.sweep_id
) as counted where counted.sweep_id = sweep.run_id;
create index sweep_with_failed on sweep (run_id desc) where failed_count > 0;
create index sweep_with_timed_out on sweep (run_id desc) where timed_out_count > 0;
create index sweep_with_lost on sweep (run_id desc) where lost_count > 0;
