/** One line of what two texts have, or one of them. */
export interface LineEdit {
  readonly kind: "same" | "removed" | "added";
  readonly line: string;
}

/** More differences than this are not searched for: the middle is then shown as replaced. */
const MOST_DIFFERENCES = 2000;

/** The shortest way from one list of lines to another, by Myers' greedy algorithm. */
export function lineEdits(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  const start = commonStart(before, after);
  const end = commonEnd(before.slice(start), after.slice(start));
  const middleBefore = before.slice(start, before.length - end);
  const middleAfter = after.slice(start, after.length - end);
  return [
    ...before.slice(0, start).map(same),
    ...middleEdits(middleBefore, middleAfter),
    ...before.slice(before.length - end).map(same),
  ];
}

function middleEdits(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  const trace = searchPaths(before, after);
  if (trace === null) return [...before.map(removed), ...after.map(added)];
  const edits: LineEdit[] = [];
  let [x, y] = [before.length, after.length];
  for (let differences = trace.length - 1; differences >= 0; differences -= 1) {
    const furthest = trace[differences] ?? new Map<number, number>();
    const diagonal = x - y;
    const isDown = goesDown(furthest, diagonal, differences);
    const previous = isDown ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(previous) ?? 0;
    const fromY = fromX - previous;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0))
      edits.push(same(before[((y -= 1), (x -= 1))] ?? ""));
    if (differences === 0) break;
    if (isDown) edits.push(added(after[(y -= 1)] ?? ""));
    else edits.push(removed(before[(x -= 1)] ?? ""));
  }
  return edits.reverse();
}

/**
 * For each number of differences, how far one gets on every diagonal with fewer.
 *
 * @returns Null where there are too many.
 */
function searchPaths(
  before: readonly string[],
  after: readonly string[],
): readonly ReadonlyMap<number, number>[] | null {
  const trace: ReadonlyMap<number, number>[] = [];
  const furthest = new Map<number, number>([[1, 0]]);
  const most = Math.min(MOST_DIFFERENCES, before.length + after.length);
  for (let differences = 0; differences <= most; differences += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const isDown = goesDown(furthest, diagonal, differences);
      let x = isDown ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return null;
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, differences: number): boolean {
  if (diagonal === -differences) return true;
  if (diagonal === differences) return false;
  return (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0);
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  let count = 0;
  while (count < before.length && count < after.length && before[count] === after[count]) count += 1;
  return count;
}

function commonEnd(before: readonly string[], after: readonly string[]): number {
  let count = 0;
  const least = Math.min(before.length, after.length);
  while (count < least && before[before.length - 1 - count] === after[after.length - 1 - count]) count += 1;
  return count;
}

const same = (line: string): LineEdit => ({ kind: "same", line });
const removed = (line: string): LineEdit => ({ kind: "removed", line });
const added = (line: string): LineEdit => ({ kind: "added", line });
