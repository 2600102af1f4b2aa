/** The appointment whose card has the focus, or had it until the grid drew that card anew. */
let kept: string | null = null;

function cardOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest<HTMLElement>("[data-appointment-id]")?.dataset.appointmentId ?? null;
}

/**
 * Remembers which card has the focus. The grid replaces every card at each change, a colleague's included, and with the
 * card goes its focus; nothing but the focus going elsewhere, or a press elsewhere, means that somebody has left it.
 * Returns how to stop.
 */
export function keepFocus(): () => void {
  const follow = (event: Event) => {
    kept = cardOf(event.target);
  };
  addEventListener("focusin", follow);
  addEventListener("pointerdown", follow);
  return () => {
    kept = null;
    removeEventListener("focusin", follow);
    removeEventListener("pointerdown", follow);
  };
}

/** Gives the focus back to a card that has just been drawn, when its predecessor took it along. */
export function returnFocus(card: HTMLElement, id: string): void {
  if (id === kept && document.activeElement === document.body) card.focus({ preventScroll: true });
}
