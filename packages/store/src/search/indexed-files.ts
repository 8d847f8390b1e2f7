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

/**
 * Finds files by their words, the best first: those of names and titles count most.
 *
 * @param query - As the database writes it: `'wor':* & 'two':*`.
 * @param prefixes - Their paths begin with one of these, such as `/shared/`.
 * @param under - What their paths begin with besides; empty for all.
 */
export async function searchFiles(
  queries: Queries,
  {
    owner,
    query,
    prefixes,
    under,
    limit,
  }: {
    readonly owner: string;
    readonly query: string;
    readonly prefixes: readonly string[];
    readonly under: string;
    readonly limit: number;
  },
): Promise<readonly IndexedFile[]> {
  // The index of words is the one to use, also where the plan was made before there was any file.
  const rows = await queries.query(
    `select ${COLUMNS} from (
       select * from indexed_file where words @@ $2::text::tsquery and owner || '' = $1 and left(path, length($3)) = $3
         and path ^@ any($5::text[])
       limit ${MOST_RANKED}
     ) as found
     order by ts_rank('{0.05, 0.1, 0.5, 1}', words, $2::text::tsquery) desc, modified_at desc, path limit $4`,
    [owner, query, under, limit, prefixes],
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
