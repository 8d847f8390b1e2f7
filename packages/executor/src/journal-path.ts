/** Where the journal of an output notebook is: a hidden file beside it. */
export function journalPath(outputPath: string): string {
  const slash = outputPath.lastIndexOf("/") + 1;
  return `${outputPath.slice(0, slash)}.${outputPath.slice(slash)}.journal`;
}
