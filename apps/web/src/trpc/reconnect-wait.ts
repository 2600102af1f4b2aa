/** What ends a wait early: something says that the server can be reached again. */
export type Hurry = (hurry: () => void) => () => void;

/** Waits the milliseconds, or less when hurried; at once when there is nothing to wait for. */
export function waitUnlessHurried(milliseconds: number, hurry: Hurry): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    const stop = hurry(done);
  });
}

/** The network is back, or somebody has come back to the window: signs worth an attempt of their own. */
export function onSignOfReturn(hurry: () => void): () => void {
  const look = () => {
    if (document.visibilityState === "visible") hurry();
  };
  addEventListener("online", hurry);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    removeEventListener("online", hurry);
    removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
  };
}
