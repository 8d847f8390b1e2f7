/** A step and what it waits for. */
export interface GraphStep {
  readonly key: string;
  readonly dependsOn: readonly string[];
}

/** Where a step stands: so many steps deep, and in which place among those that are as deep. */
export interface PlacedStep {
  readonly key: string;
  readonly depth: number;
  /** From 0; fewer steps than the broadest depth has stand in its middle. */
  readonly place: number;
}

/** Steps with their places, and what leads from one to another. */
export interface GraphLayout {
  readonly steps: readonly PlacedStep[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** How many steps deep it is. */
  readonly depth: number;
  /** How many steps the broadest depth has. */
  readonly breadth: number;
}

/** How often the order within depths is improved: more changes hardly anything. */
const SWEEPS = 4;

/**
 * Places the steps of a workflow: each behind all that it waits for, and near them.
 *
 * What a step waits for and is not there is left out.
 */
export function layOutGraph(given: readonly GraphStep[]): GraphLayout {
  const known = new Set(given.map(({ key }) => key));
  const steps = given.map(({ key, dependsOn }) => ({
    key,
    dependsOn: dependsOn.filter((it) => known.has(it)),
  }));
  const depths = depthsOf(steps);
  const layers = Array.from({ length: Math.max(-1, ...depths.values()) + 1 }, (_layer, depth) =>
    steps.filter(({ key }) => depths.get(key) === depth).map(({ key }) => key),
  );
  const before = new Map(steps.map(({ key, dependsOn }) => [key, dependsOn]));
  const after = new Map<string, string[]>(steps.map(({ key }) => [key, []]));
  for (const { key, dependsOn } of steps) for (const it of dependsOn) after.get(it)?.push(key);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    order(layers, before);
    order(layers.toReversed(), after);
  }
  order(layers, before);
  const breadth = Math.max(0, ...layers.map(({ length }) => length));
  return {
    steps: layers.flatMap((layer, depth) =>
      layer.map((key, at) => ({ key, depth, place: at + (breadth - layer.length) / 2 })),
    ),
    edges: steps.flatMap(({ key, dependsOn }) => dependsOn.map((from) => ({ from, to: key }))),
    depth: layers.length,
    breadth,
  };
}

/** By key, the length of the longest way to a step. A step in a circle stands where it is first met. */
function depthsOf(steps: readonly GraphStep[]): ReadonlyMap<string, number> {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const depths = new Map<string, number>();
  const open = new Set<string>();
  const depthOf = (key: string): number => {
    const found = depths.get(key);
    if (found !== undefined || open.has(key)) return found ?? 0;
    open.add(key);
    const { dependsOn = [] } = byKey.get(key) ?? {};
    const depth = Math.max(-1, ...dependsOn.map(depthOf)) + 1;
    open.delete(key);
    depths.set(key, depth);
    return depth;
  };
  for (const { key } of steps) depthOf(key);
  return depths;
}

/** Puts the steps of each layer in the order of the middle of their neighbours, as the layers before have them. */
function order(layers: readonly string[][], neighbours: ReadonlyMap<string, readonly string[]>): void {
  const places = new Map<string, number>();
  for (const layer of layers) {
    const middles = new Map(
      layer.map((key, at) => {
        const found = (neighbours.get(key) ?? []).flatMap((it) => places.get(it) ?? []);
        return [key, found.length === 0 ? at : found.reduce((sum, it) => sum + it, 0) / found.length];
      }),
    );
    layer.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
    for (const [at, key] of layer.entries()) places.set(key, at - (layer.length - 1) / 2);
  }
}
