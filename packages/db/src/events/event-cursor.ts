/**
 * A place in the event log: everything at or before it has been seen. Ordered by transaction id, then by id; both mean
 * something in the log's epoch only, which therefore belongs to it.
 */
export interface EventCursor {
  epoch: string;
  xid: number;
  id: number;
}

/** As it travels in `lastEventId`. */
export function formatEventCursor({ epoch, xid, id }: EventCursor): string {
  return `${epoch}-${xid}-${id}`;
}

/** Null when the text is not a cursor. */
export function parseEventCursor(text: string): EventCursor | null {
  const [, epoch, xid, id] = /^([0-9a-f]{8})-(\d{1,16})-(\d{1,16})$/.exec(text) ?? [];
  const cursor = { epoch: epoch ?? "", xid: Number(xid), id: Number(id) };
  return epoch && Number.isSafeInteger(cursor.xid) && Number.isSafeInteger(cursor.id) ? cursor : null;
}

/**
 * Negative when `a` comes before `b`, 0 when they are the same place. Of one history: where an epoch broke with the last
 * one, nobody keeps an old place.
 */
export function compareEventCursors(a: EventCursor, b: EventCursor): number {
  return a.xid - b.xid || a.id - b.id;
}
