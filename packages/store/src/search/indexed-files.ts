import type { Queries } from "../driver/driver.ts";

/** What is known of a file that can be found. */
export interface IndexedFile {
  /** Canonical virtual path. */
  readonly path: string;
  readonly isNotebook: boolean;
  readonly title: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** How it begins, for people. */
  readonly excerpt: string;
  /** In bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
}

/** A file for the index, with its words as the database writes them: `'name':1A 'word':2C`. */
export interface NewIndexedFile extends IndexedFile {
  readonly words: string;
}

/** What tells whether a file has changed since it was read. */
export interface IndexedMark {
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

const COLUMNS = `path, is_notebook as "isNotebook", title, authors, tags, excerpt, size::float8 as size, modified_at as "modifiedAt"`;

/** What the index has of files whose paths lie between two, the first not included. */
export async function listIndexedMarks(
  queries: Queries,
  { after, upTo }: { readonly after: string; readonly upTo: string },
): Promise<readonly IndexedMark[]> {
  const rows = await queries.query(
    `select path, size::float8 as size, modified_at as "modifiedAt" from indexed_file where path > $1 and path <= $2`,
    [after, upTo],
  );
  return rows as unknown as readonly IndexedMark[];
}

/** Puts a file into the index, or what it is now. */
export async function indexFile(queries: Queries, owner: string, file: NewIndexedFile): Promise<void> {
  const { path, isNotebook, title, authors, tags, excerpt, size, modifiedAt, words } = file;
  await queries.query(
    `insert into indexed_file (path, owner, is_notebook, title, authors, tags, excerpt, size, modified_at, words)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::tsvector)
     on conflict (path) do update set is_notebook = excluded.is_notebook, title = excluded.title,
       authors = excluded.authors, tags = excluded.tags, excerpt = excluded.excerpt, size = excluded.size,
       modified_at = excluded.modified_at, words = excluded.words`,
    [
      path,
      owner,
      isNotebook,
      title,
      JSON.stringify(authors),
      JSON.stringify(tags),
      excerpt,
      size,
      modifiedAt,
      words,
    ],
  );
}

/** Takes files out of the index. */
export async function dropIndexedFiles(queries: Queries, paths: readonly string[]): Promise<void> {
  await queries.query("delete from indexed_file where path = any($1)", [paths]);
}

/** Takes a directory out of the index, with all that was in it. */
export async function dropIndexedDirectory(queries: Queries, path: string): Promise<void> {
  // Behind the slash comes the zero.
  await queries.query("delete from indexed_file where path > $1 and path < $2", [`${path}/`, `${path}0`]);
}

/** So many files that match are compared at most; who finds more has to say more. */
const MOST_RANKED = 2000;

/** What is looked for. */
export interface SoughtFiles {
  readonly owner: string;
  /** As the database writes it: `'wor':* & 'two':*`. */
  readonly query: string;
  /** The same for names and titles alone: `'wor':*A & 'two':*A`. */
  readonly named: string;
  /** What was typed, in small letters: a name or a title that is or begins so comes first. */
  readonly text: string;
  /** Their paths begin with one of these, such as `/shared/`. */
  readonly prefixes: readonly string[];
  /** What their paths begin with besides; empty for all. */
  readonly under: string;
  readonly limit: number;
}

/**
 * Finds files by their words, the best first: those whose title or name is what was typed, then those where it
 * begins so, then those that have all words there, and then those that mention them. Of those that are found by
 * title or name notebooks come first.
 */
export async function searchFiles(
  queries: Queries,
  { owner, query, named, text, prefixes, under, limit }: SoughtFiles,
): Promise<readonly IndexedFile[]> {
  // The index of words is the one to use, also where the plan was made before there was any file.
  const within = `owner || '' = $1 and left(path, length($3)) = $3 and path ^@ any($5::text[])`;
  // However many mention the words, those that are called so are found.
  const rows = await queries.query(
    `with named as materialized (
       select *, lower(title) as small_title, lower(regexp_replace(path, '^.*/', '')) as name
       from indexed_file where words @@ $6::text::tsquery and ${within} limit ${MOST_RANKED}
     ), mentioned as materialized (
       select * from indexed_file where words @@ $2::text::tsquery and ${within} limit ${MOST_RANKED}
     )
     select ${COLUMNS} from (
       select named.*, case when small_title = $7 or name = $7 then 0
         when small_title ^@ $7 or name ^@ $7 then 1 else 2 end as tier from named
       union all
       select mentioned.*, '', '', 3 from mentioned
         where not exists (select from named where named.path = mentioned.path)
     ) as found
     order by tier, tier < 3 and not is_notebook,
       ts_rank('{0.05, 0.1, 0.5, 1}', words, $2::text::tsquery) desc, modified_at desc, path limit $4`,
    [owner, query, under, limit, prefixes, named, text],
  );
  return rows.map(fromRow);
}

/** A place in the list of the newest notebooks. */
export interface RecentPlace {
  readonly modifiedAt: Date;
  readonly path: string;
}

/**
 * One page of notebooks, those that were changed last first.
 *
 * @param prefixes - As of {@link searchFiles}.
 */
export async function listRecentNotebooks(
  queries: Queries,
  {
    owner,
    prefixes,
    under,
    before,
    limit,
  }: {
    readonly owner: string;
    readonly prefixes: readonly string[];
    readonly under: string;
    readonly before: RecentPlace | null;
    readonly limit: number;
  },
): Promise<readonly IndexedFile[]> {
  const rows = await queries.query(
    `select ${COLUMNS} from indexed_file
     where owner = $1 and is_notebook and (modified_at, path) < ($2::timestamptz, $3) and left(path, length($4)) = $4
       and path ^@ any($6::text[])
     order by modified_at desc, path desc limit $5`,
    [owner, before?.modifiedAt ?? "infinity", before?.path ?? "", under, limit, prefixes],
  );
  return rows.map(fromRow);
}

function fromRow(row: Readonly<Record<string, unknown>>): IndexedFile {
  const { authors, tags, ...rest } = row as { readonly authors: string; readonly tags: string };
  return {
    ...(rest as unknown as IndexedFile),
    authors: JSON.parse(authors) as string[],
    tags: JSON.parse(tags) as string[],
  };
}
