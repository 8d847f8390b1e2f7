-- When a runner said that it ends; null for one that works, or that nobody has heard of since.
alter table runner add column left_at timestamptz;
