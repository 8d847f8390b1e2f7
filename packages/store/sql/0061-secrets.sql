-- Texts that nobody is to see: kept sealed, with a key that is not in the database.

create table secret (
  id uuid primary key,
  owner text not null,
  name text not null,
  -- Which key sealed it.
  key_id text not null,
  sealed text not null,
  -- Notebooks that may use it, by virtual path; one that ends in /** stands for all below.
  grants text[] not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (owner, name)
);
