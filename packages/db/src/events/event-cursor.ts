/** A place in the event log: everything at or before it has been seen. Ordered by transaction id, then by id. */
export interface EventCursor {
  xid: number;
  id: number;
}

/** As it travels in `lastEventId`. */
export function formatEventCursor(cursor: EventCursor): string {
  return `${cursor.xid}-${cursor.id}`;
}

/** Null when the text is not a cursor. */
export function parseEventCursor(text: string): EventCursor | null {
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(text);
  if (!match) return null;
  const cursor = { xid: Number(match[1]), id: Number(match[2]) };
  return Number.isSafeInteger(cursor.xid) && Number.isSafeInteger(cursor.id) ? cursor : null;
}

/** Negative when `a` comes before `b`, 0 when they are the same place. */
export function compareEventCursors(a: EventCursor, b: EventCursor): number {
  return a.xid - b.xid || a.id - b.id;
}
