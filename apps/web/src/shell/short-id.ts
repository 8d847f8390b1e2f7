/** The end of an id, for people: what was made within a minute begins alike, as ids begin with their time. */
export function shortId(id: string): string {
  return id.slice(-8);
}
