/** Waits for `work`, but no longer than this: `true` when the time is up first. */
export async function overdue(work: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), ms);
  void work.then(
    () => resolve(false),
    () => resolve(false),
  );
  const isOverdue = await promise;
  clearTimeout(timer);
  return isOverdue;
}
