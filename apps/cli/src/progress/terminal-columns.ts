/** Columns that a table on a stream may take; no limit where that is not a terminal. */
export function tableWidth(stream: {
  readonly isTTY?: boolean;
  readonly columns?: number;
}): number | undefined {
  return stream.isTTY === true ? terminalColumns(stream) : undefined;
}

/** Width of a terminal in columns; 80 where it does not say, or says 0 as some do. */
export function terminalColumns({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns <= 0 ? 80 : columns;
}
