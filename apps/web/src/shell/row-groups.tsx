import { memo, type ReactNode, useEffect, useRef, useState } from "react";

/** Rows of a group. */
const GROUP = 100;

/** Rows that all stay in the page, so that the browser finds what is in them. */
const ALL = 500;

interface RowGroupsProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: number;
  /** Makes a row, with its key; always the same function. */
  readonly render: (row: Row) => ReactNode;
}

/**
 * The rows of a table, which may be very many: of a long one only those near the window are there, and a
 * gap stands for the others. Rows that hold the focus stay.
 */
export function RowGroups<Row>({ rows, columns, render }: RowGroupsProps<Row>): ReactNode {
  const groups = Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, index) => index);
  return groups.map((index) => (
    <RowGroup
      key={index}
      rows={rows}
      first={index * GROUP}
      columns={columns}
      render={render as (row: unknown) => ReactNode}
    />
  ));
}

interface RowGroupProps extends RowGroupsProps<unknown> {
  readonly first: number;
}

const RowGroup = memo(function RowGroup({ rows, first, columns, render }: RowGroupProps): ReactNode {
  const group = useRef<HTMLTableSectionElement>(null);
  /** How high the rows were when they went; null while they are there. */
  const [gap, setGap] = useState<number | null>(null);
  const isLong = rows.length > ALL;
  useEffect(() => {
    const { current } = group;
    if (current === null || !isLong) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        const mayGo = !entry.isIntersecting && !current.contains(document.activeElement);
        setGap((before) => (mayGo ? (before ?? current.offsetHeight) : null));
      },
      { rootMargin: "2000px 0px" },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [isLong]);
  return (
    <tbody ref={group}>
      {gap !== null && isLong ? (
        <tr aria-hidden="true">
          <td colSpan={columns} style={{ height: gap, padding: 0, border: 0 }} />
        </tr>
      ) : (
        rows.slice(first, first + GROUP).map(render)
      )}
    </tbody>
  );
}, areSame);

/** Whether a group shows the same rows as before; the list that they are from is new with every page. */
function areSame(before: RowGroupProps, after: RowGroupProps): boolean {
  if (before.columns !== after.columns || before.render !== after.render) return false;
  if (before.rows.length > ALL !== after.rows.length > ALL) return false;
  const { first } = after;
  for (let at = first; at < first + GROUP; at++) if (before.rows[at] !== after.rows[at]) return false;
  return true;
}
