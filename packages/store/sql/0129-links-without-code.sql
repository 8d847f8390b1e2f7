-- Whether a link shows the code of a notebook; one that does not shows its page and opens nothing else.
alter table share_link add column code text not null default 'show' check (code in ('show', 'omit'));
