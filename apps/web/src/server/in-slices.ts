/** How long work goes on before the browser may draw and answer, in milliseconds. */
const SLICE_MS = 12;

/** Does work that comes in steps, some milliseconds at a time, so that the page answers meanwhile. */
export async function inSlices<T>(steps: Iterator<undefined, T>): Promise<T> {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < end) continue;
    await nextTask();
    end = performance.now() + SLICE_MS;
  }
}

/** Resolves in a task of its own. A timer would wait for some milliseconds more. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
