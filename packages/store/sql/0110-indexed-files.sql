-- What files are found by. It is made of the files and can be made of them again.

create table indexed_file (
  -- In the order of code points, as directories are listed.
  path text collate "C" primary key,
  owner text not null,
  is_notebook boolean not null,
  title text not null,
  -- Lists of text, as JSON.
  authors text not null,
  tags text not null,
  excerpt text not null,
  size bigint not null,
  modified_at timestamptz not null,
  -- Words of the name and title (A), of authors and tags (B), and of the text (C).
  words tsvector not null
);
create index indexed_file_words on indexed_file using gin (words);
create index indexed_file_recent on indexed_file (owner, is_notebook, modified_at desc, path desc);
