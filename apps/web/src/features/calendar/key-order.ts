/**
 * Obeys keys one after the other. A key pressed while an earlier one still waits for the server is kept until that one is
 * answered, so that it starts from where the earlier one leads; with nothing to wait for it is obeyed at once.
 */
export function createKeyOrder() {
  let last: Promise<unknown> | null = null;
  function inOrder(obey: () => unknown): void {
    const obeyed = last ? last.then(obey) : obey();
    if (!(obeyed instanceof Promise)) return;
    // A key that fails says so itself; the next ones count all the same.
    const settled: Promise<unknown> = obeyed
      .catch(() => null)
      .finally(() => {
        if (last === settled) last = null;
      });
    last = settled;
  }
  return { inOrder, isWaiting: () => last !== null };
}
