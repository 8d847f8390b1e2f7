/** A step and what it waits for. */
export interface GraphStep {
  readonly key: string;
  readonly dependsOn: readonly string[];
}

/** Where a step stands: so many steps deep, and in which place among those that are as deep. */
export interface PlacedStep {
  readonly key: string;
  readonly depth: number;
  /** From 0, in steps; fewer than the broadest depth has stand in its middle. */
  readonly place: number;
}

/** A way past the steps of a depth. */
export interface Lane {
  readonly depth: number;
  /** Its middle, as {@link PlacedStep.place}. */
  readonly place: number;
}

/** What leads from one step to another that waits for it. */
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Past the steps that stand between the two, in this order. */
  readonly through: readonly Lane[];
}

/** Steps with their places, and what leads from one to another. */
export interface GraphLayout {
  readonly steps: readonly PlacedStep[];
  readonly edges: readonly PlacedEdge[];
  /** How many steps deep it is. */
  readonly depth: number;
  /** How many steps the broadest depth has, lanes with them. */
  readonly breadth: number;
}

/** How often the order within depths is improved: more changes hardly anything. */
const SWEEPS = 4;

/** How broad a lane is, in steps. */
const LANE = 0.25;

/** Where there would be more lanes, nobody could follow them: what leads far goes straight then. */
const MOST_LANES = 500;

/**
 * Places the steps of a workflow: each behind all that it waits for, and near them. What leads past
 * other steps has a lane between them, which is one for all that leads on from the same step.
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
  const lanes = lanesOf(steps, depths);
  for (const [lane, { depth }] of lanes) layers[depth]?.push(lane);
  const before = new Map<string, string[]>([...lanes].map(([lane, { behind }]) => [lane, [behind]]));
  for (const { key, dependsOn } of steps) {
    const lane = (depths.get(key) ?? 0) - 1;
    const nearest = (it: string): string => (lanes.has(laneName(it, lane)) ? laneName(it, lane) : it);
    before.set(key, dependsOn.map(nearest));
  }
  const after = new Map<string, string[]>([...before.keys()].map((key) => [key, []]));
  for (const [key, list] of before) for (const it of list) after.get(it)?.push(key);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    order(layers, before);
    order(layers.toReversed(), after);
  }
  order(layers, before);
  const sizeOf = (key: string): number => (lanes.has(key) ? LANE : 1);
  const sizes = layers.map((layer) => layer.reduce((sum, key) => sum + sizeOf(key), 0));
  const breadth = Math.max(0, ...sizes);
  const places = new Map<string, number>();
  for (const [depth, layer] of layers.entries()) {
    let place = (breadth - (sizes[depth] ?? 0)) / 2;
    for (const key of layer) {
      places.set(key, lanes.has(key) ? place + LANE / 2 : place);
      place += sizeOf(key);
    }
  }
  const placeOf = (key: string): number => places.get(key) ?? 0;
  return {
    steps: layers.flatMap((layer, depth) =>
      layer.filter((key) => !lanes.has(key)).map((key) => ({ key, depth, place: placeOf(key) })),
    ),
    edges: steps.flatMap(({ key: to, dependsOn }) =>
      dependsOn.map((from) => ({
        from,
        to,
        through: between(from, to, depths)
          .filter((depth) => lanes.has(laneName(from, depth)))
          .map((depth) => ({ depth, place: placeOf(laneName(from, depth)) })),
      })),
    ),
    depth: layers.length,
    breadth,
  };
}

/** The lanes that lead on from steps, each behind another one or its step; none where they were too many. */
function lanesOf(
  steps: readonly GraphStep[],
  depths: ReadonlyMap<string, number>,
): ReadonlyMap<string, { readonly depth: number; readonly behind: string }> {
  const lanes = new Map<string, { readonly depth: number; readonly behind: string }>();
  for (const { key, dependsOn } of steps) {
    for (const from of dependsOn) {
      let behind = from;
      for (const depth of between(from, key, depths)) {
        const lane = laneName(from, depth);
        lanes.set(lane, { depth, behind });
        behind = lane;
      }
      if (lanes.size > MOST_LANES) return new Map();
    }
  }
  return lanes;
}

/** The depths between two steps. */
function between(from: string, to: string, depths: ReadonlyMap<string, number>): readonly number[] {
  const first = (depths.get(from) ?? 0) + 1;
  return Array.from({ length: Math.max(0, (depths.get(to) ?? 0) - first) }, (_depth, at) => first + at);
}

/** Is no name of a step: those have no spaces. */
function laneName(from: string, depth: number): string {
  return ` ${from} ${depth}`;
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
