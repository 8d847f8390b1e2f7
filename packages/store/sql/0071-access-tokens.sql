-- Tokens with names, for programs, machines and runners. The token itself is nowhere:
-- it has 256 random bits, so that its hash says nothing about it.

create table access_token (
  id uuid primary key,
  owner text not null,
  name text not null,
  sha256 text not null unique,
  scope text not null check (scope in ('full', 'submit', 'read', 'runner')),
  created_at timestamptz not null,
  expires_at timestamptz,
  -- To the minute, so that not every request writes.
  last_used_at timestamptz,
  unique (owner, name)
);

-- Links that show one thing to whoever has them.

create table share_link (
  id uuid primary key,
  owner text not null,
  sha256 text not null unique,
  kind text not null check (kind in ('file', 'directory', 'run', 'latest')),
  path text,
  run_id uuid,
  note text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  check ((kind = 'run') = (run_id is not null) and (kind = 'run') = (path is null))
);
create index share_link_owner on share_link (owner, id desc);
