-- A run and its attempt are changed a few times within seconds: with room left on the page, a change of
-- what no index has makes no new entry in any of them.
alter table run set (fillfactor = 70);
alter table attempt set (fillfactor = 70);

-- Most runs come without a key and need no entry.
create unique index run_by_idempotency_key on run (owner, idempotency_key) where idempotency_key is not null;
alter table run drop constraint run_owner_idempotency_key_key;
