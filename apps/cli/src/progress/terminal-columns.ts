/** Width of a terminal in columns; 80 where it does not say, or says 0 as some do. */
export function terminalColumns({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns <= 0 ? 80 : columns;
}
