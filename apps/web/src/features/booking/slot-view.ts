import { wallClock } from "../time/zone-clock.ts";

export interface Slot {
  startsAt: string;
  endsAt: string;
}

/** A slot as the page shows it: one taken before the visitor's eyes stays in place, faded; a freed one is new. */
export interface ShownSlot extends Slot {
  state: "free" | "taken" | "freed";
}

/** The slots of a period, as of a version of the answer. */
export interface KnownSlots {
  version: string;
  slots: ShownSlot[];
}

/** What is shown once the free slots have changed. Nothing moves under the visitor's finger: taken ones stay, faded. */
export function mergeSlots(shown: readonly ShownSlot[], free: readonly Slot[]): ShownSlot[] {
  const before = new Map(shown.map((slot) => [slot.startsAt, slot]));
  // What came free may have been told twice: by an answer, and by the live line.
  const now = new Map(free.map((slot) => [slot.startsAt, slot]));
  const kept = [...now.values()].map((slot): ShownSlot => {
    const known = before.get(slot.startsAt);
    return { ...slot, state: known?.state === "free" ? "free" : "freed" };
  });
  const taken = shown
    .filter(({ startsAt }) => !now.has(startsAt))
    .map((slot): ShownSlot => ({ ...slot, state: "taken" }));
  return [...kept, ...taken].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** Slots by the date they have in the zone. */
export function byDate<Each extends Slot>(slots: readonly Each[], zone: string): Map<string, Each[]> {
  const days = new Map<string, Each[]>();
  for (const slot of slots) {
    const { date } = wallClock(slot.startsAt, zone);
    const day = days.get(date);
    if (day) day.push(slot);
    else days.set(date, [slot]);
  }
  return days;
}

/** The free slots nearest to a start, earliest first. */
export function nearestSlots(slots: readonly Slot[], startsAt: string, count: number): Slot[] {
  const wanted = Date.parse(startsAt);
  return [...slots]
    .sort((a, b) => Math.abs(Date.parse(a.startsAt) - wanted) - Math.abs(Date.parse(b.startsAt) - wanted))
    .slice(0, count)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** Morning before 12:00, evening from 18:00, by the clock of the zone. */
export function partOfDay(time: string): "morning" | "afternoon" | "evening" {
  return time < "12:00" ? "morning" : time < "18:00" ? "afternoon" : "evening";
}
