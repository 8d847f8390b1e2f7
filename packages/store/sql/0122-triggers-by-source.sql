-- A source that a trigger was promoted with is kept, of which sources are asked one by one.
create index trigger_by_source on trigger (source_hash) where source_hash is not null;
