import type { EventApi, EventInput } from "@fullcalendar/core";

/** Its columns as the grid itself holds them: asked for by its interface, one that is not on screen has no name. */
type Drawn = Pick<EventApi, "id" | "display" | "start" | "end"> & {
  _def?: { resourceIds?: readonly string[] };
};

function placeOf(event: { start: unknown; end: unknown }, columns: readonly string[]): string {
  const instant = (value: unknown) => (value instanceof Date ? value.getTime() : Date.parse(String(value)));
  return [instant(event.start), instant(event.end), ...columns].join(" ");
}

/** Whether the grid has every appointment exactly once and where it is known to be, and none besides. */
export function isDrawnAsKnown(drawn: readonly Drawn[], known: readonly EventInput[]): boolean {
  const cards = drawn.filter(({ display }) => display !== "background");
  const wanted = known.filter(({ display }) => display !== "background");
  if (cards.length !== wanted.length) return false;
  const places = new Map(
    wanted.map(({ id, resourceId, ...event }) => [
      id,
      placeOf({ start: event.start, end: event.end }, typeof resourceId === "string" ? [resourceId] : []),
    ]),
  );
  return cards.every((card) => {
    const place = places.get(card.id);
    places.delete(card.id);
    return place === placeOf(card, card._def?.resourceIds ?? []);
  });
}
