-- Runs that are over may be pruned: their events and files go, and a tombstone
-- stays in the place of each record, so that the chain is whole.
alter table run add column pruned_at timestamptz;

-- Text of the tombstone, and whether the files are gone and it is in its place.
alter table record add column tombstone text;
alter table record add column is_buried boolean not null default false;

create index run_to_prune on run (finished_at) where pruned_at is null and finished_at is not null;
create index run_by_notebook on run (owner, path, id) where pruned_at is null;
create index record_to_bury on record (seq) where tombstone is not null and not is_buried;
