/** After the pointer is up, what it carried is put down or carried back within this time; a grid that never says so must not stand still for ever. */
const longestReturn = 1_500;

/** Before the grid, which acts on what it hears in the same moment. */
const captured = { capture: true };

/** What begins and ends with a gesture. */
type Follower = { begin?: () => void; end: () => void };

/**
 * Whether somebody has something of the grid in the hand: from the press of the pointer until what was carried or marked
 * has been put down. Nothing else may change the grid meanwhile: what it then makes of the release would be lost.
 */
export function createGesture() {
  let isPressed = false;
  let isCarrying = false;
  let isHeld = false;
  let ending: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void)[] = [];
  const followers = new Set<Follower>();

  function begin() {
    clearTimeout(ending);
    if (isHeld) return;
    isHeld = true;
    for (const follower of followers) follower.begin?.();
  }

  function endSoon(after = 0) {
    clearTimeout(ending);
    // What the release brings about comes in the same task as the release, and is drawn right after it.
    ending = setTimeout(() => {
      isPressed = false;
      isCarrying = false;
      isHeld = false;
      for (const follower of followers) follower.end();
      const last = waiting;
      waiting = [];
      for (const run of last) run();
    }, after);
  }

  function lift({ type }: { type: string }) {
    if (!isHeld || !isPressed) return;
    isPressed = false;
    // A finger that the browser no longer follows may still carry: the grid follows it by itself.
    if (!isCarrying) endSoon();
    else if (type !== "pointercancel") endSoon(longestReturn);
  }

  return {
    isHeld: () => isHeld,
    /** Whether the pointer is down: what is held may still go elsewhere. */
    isPressed: () => isPressed,
    /** The grid has picked something up. */
    carry() {
      isCarrying = true;
      begin();
    },
    /** The grid has put it down, or back. */
    putDown() {
      isCarrying = false;
      if (isHeld && !isPressed) endSoon();
    },
    /** Runs at once, or once nothing is in the hand. */
    afterwards(run: () => void) {
      if (isHeld) waiting.push(run);
      else run();
    },
    follow(follower: Follower): () => void {
      followers.add(follower);
      return () => {
        followers.delete(follower);
      };
    },
    /** Watches the pointer on the grid; returns how to stop. */
    watch(frame: HTMLElement): () => void {
      function press({ button, isPrimary, ctrlKey }: PointerEvent) {
        // Other buttons open menus, which may keep the release to themselves.
        if (button !== 0 || !isPrimary || ctrlKey) return;
        isPressed = true;
        begin();
      }
      function move(event: PointerEvent) {
        // Released where nobody heard of it.
        if (isPressed && event.pointerType === "mouse" && event.buttons === 0) lift(event);
      }
      frame.addEventListener("pointerdown", press, captured);
      addEventListener("pointermove", move, captured);
      addEventListener("pointerup", lift, captured);
      addEventListener("pointercancel", lift, captured);
      return () => {
        frame.removeEventListener("pointerdown", press, captured);
        removeEventListener("pointermove", move, captured);
        removeEventListener("pointerup", lift, captured);
        removeEventListener("pointercancel", lift, captured);
        if (isHeld) endSoon();
      };
    },
  };
}
export type Gesture = ReturnType<typeof createGesture>;
