import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** Places in the data directory that hold what people write, and nothing of the server. */
const OF_PEOPLE = ["home", "shared"];

/**
 * Whether a directory can be shown: the data directory, with the tokens and the key of secrets in
 * it, is not in it, and it is not in the data directory, but for the places of people there. Links are followed.
 */
export async function isApart(directory: string, dataDirectory: string): Promise<boolean> {
  const [place, data] = await Promise.all([realPath(directory), realPath(dataDirectory)]);
  if (isWithin(data, place)) return false;
  return !isWithin(place, data) || OF_PEOPLE.some((name) => isWithin(place, join(data, name)));
}

/** Whether a file lies in a directory, or would when it is made. Links are followed. */
export async function liesIn(file: string, directory: string): Promise<boolean> {
  const [path, place] = await Promise.all([realPath(file), realPath(directory)]);
  return isWithin(path, place);
}

/** That of what is not there yet is where it would be made. */
async function realPath(path: string): Promise<string> {
  const absolute = resolve(path);
  const parent = dirname(absolute);
  return realpath(absolute).catch(async () =>
    parent === absolute ? absolute : join(await realPath(parent), basename(absolute)),
  );
}

function isWithin(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
