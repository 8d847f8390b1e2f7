/**
 * Keys of a cycle of dependencies, from one round to itself; null when there is none.
 *
 * Dependencies that are not there are passed over.
 */
export function findCycle(dependencies: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  for (const start of dependencies.keys()) {
    // Depth first, with the way kept, so that a long chain needs no deep stack.
    const way: { key: string; next: number }[] = [{ key: start, next: 0 }];
    const onWay = new Set([start]);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const dependency = dependencies.get(top.key)?.[top.next++];
      if (dependency === undefined || done.has(top.key)) {
        done.add(top.key);
        onWay.delete(top.key);
        way.pop();
      } else if (onWay.has(dependency)) {
        const keys = way.map(({ key }) => key);
        return [...keys.slice(keys.indexOf(dependency)), dependency];
      } else if (dependencies.has(dependency) && !done.has(dependency)) {
        way.push({ key: dependency, next: 0 });
        onWay.add(dependency);
      }
    }
  }
  return null;
}
