import type { PlacementFacts } from "./placement-obstacles.ts";

/** A place for something new; what is not known yet is null. */
export type Draft = {
  startsAt: string;
  /** Null: as long as the service lasts. */
  endsAt: string | null;
  providerId: string | null;
  roomId: string | null;
};

/** What stands beside the grid. */
export type CalendarPanel =
  | { kind: "details"; id: string; isEditing: boolean }
  | { kind: "create"; draft: Draft; key: number }
  | null;

/** The only provider that is shown, else the person's own. */
export function onlyOne(chosen: readonly string[], own: string | null): string | null {
  return chosen.length === 1 ? (chosen[0] ?? null) : own;
}

/** A draft that lies in a blocked time, so that its form shows it. */
export function timeOffDraft(facts: PlacementFacts, id: string): Draft | null {
  const draft = (at: number, whose: Partial<Draft>): Draft => ({
    startsAt: new Date(at).toISOString(),
    endsAt: null,
    providerId: null,
    roomId: null,
    ...whose,
  });
  for (const [providerId, { away }] of facts.agendas) {
    const found = away.find((each) => each.id === id);
    if (found) return draft(found.start, { providerId });
  }
  for (const [roomId, { away }] of facts.rooms) {
    const found = away.find((each) => each.id === id);
    if (found) return draft(found.start, { roomId });
  }
  return null;
}
