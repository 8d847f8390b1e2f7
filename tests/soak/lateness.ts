/** How late this process is woken, which tells how busy the machine is. */
export interface Lateness extends Disposable {
  /** The longest delay of the last seconds, in milliseconds. */
  recentMs(): number;
}

const EVERY_MS = 20;
const KEPT = 5_000 / EVERY_MS;

/** Begins to measure. */
export function measureLateness(): Lateness {
  let last = performance.now();
  const delays: number[] = [];
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - last - EVERY_MS));
    if (delays.length > KEPT) delays.shift();
    last = now;
  }, EVERY_MS);
  return {
    recentMs: () => Math.ceil(Math.max(0, ...delays)),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
