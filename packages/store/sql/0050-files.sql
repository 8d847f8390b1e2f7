-- Versions of the files that people save. The bytes are in a store; here is what they were, when, and by whom.

create table file_blob (
  sha256 text primary key,
  -- Where in the store of versions: another one each time, so that a late deletion meets nobody's bytes.
  key text not null,
  size bigint not null
);

-- One row a path: who locks it adds the next version.
create table file_history (
  path text primary key,
  owner text not null,
  last_number int not null
);

create table file_version (
  path text not null references file_history (path),
  number int not null,
  kind text not null check (kind in ('saved', 'found', 'moved', 'copied', 'restored', 'deleted')),
  -- Null for a deletion.
  sha256 text references file_blob (sha256),
  size bigint,
  -- What the store called these bytes.
  etag text,
  -- Null where somebody changed the file in another way than through the server.
  author text,
  -- Where a moved or copied file came from, or a deleted one went to.
  other_path text,
  created_at timestamptz not null,
  primary key (path, number)
);

create index file_version_by_blob on file_version (sha256);
create index file_version_by_age on file_version (created_at);

-- Saves whose bytes are kept and may be in the file already, of which nobody has made a version yet.
create table file_save (
  id uuid primary key,
  path text not null,
  owner text not null,
  kind text not null,
  sha256 text not null references file_blob (sha256),
  size bigint not null,
  author text not null,
  other_path text,
  created_at timestamptz not null
);

create index file_save_by_path on file_save (path);
create index file_save_by_blob on file_save (sha256);
