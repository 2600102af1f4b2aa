/** The appointment whose card has the focus, or had it until the grid drew that card anew. */
let kept: string | null = null;

function cardOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest<HTMLElement>("[data-appointment-id]")?.dataset.appointmentId ?? null;
}

function findCard(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-appointment-id="${CSS.escape(id)}"]`);
}

/** Whether no control has the focus: it is lost, or on the grid as a whole. */
export function isOnGrid(): boolean {
  const { activeElement, body } = document;
  return activeElement === body || (activeElement?.hasAttribute("data-calendar-grid") ?? false);
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

/** Gives the focus to a card that has just been drawn, when its predecessor took it along or it was wished for. */
export function returnFocus(card: HTMLElement, id: string): void {
  if (id === kept && isOnGrid()) card.focus({ preventScroll: true });
}

/** The appointment that a key is about: the one with the focus, or that had it until its card was drawn anew. */
export function currentAppointment(): string | null {
  const { activeElement, body } = document;
  if (activeElement !== body) return cardOf(activeElement);
  return kept !== null && findCard(kept) ? kept : null;
}

/** Whether a card that had the focus is on its way back to the screen. */
export function isReturning(): boolean {
  return kept !== null && document.activeElement === document.body;
}

/** Whether nobody has left an appointment since it had the focus, even where its card is being drawn anew. */
export function isCurrent(id: string): boolean {
  return kept === id;
}

/** Gives the focus to an appointment: now, and again when its card is drawn or drawn anew. */
export function focusAppointment(id: string): void {
  findCard(id)?.focus();
  kept = id;
}

export function focusGrid(): void {
  document.querySelector<HTMLElement>("[data-calendar-grid]")?.focus({ preventScroll: true });
}
