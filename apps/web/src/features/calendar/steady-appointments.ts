import type { Appointment } from "./appointment.ts";

/** What an appointment is given anew by every change and nobody sees. */
const unseen = new Set<string>(["version", "updatedAt"]);

/** Whether nobody could tell the two apart on screen. */
export function looksSame(left: Appointment, right: Appointment): boolean {
  if (left === right) return true;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof Appointment>;
  return [...names].every((name) => unseen.has(name) || isSame(left[name], right[name]));
}

function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  return (
    typeof left === "object" && typeof right === "object" && JSON.stringify(left) === JSON.stringify(right)
  );
}

/**
 * The list as it was last drawn where the new one looks the same: the answer to a move only confirms what is on screen, and
 * the grid would draw hundreds of cards anew for it. What is changed next is looked up in the new list, by its id.
 */
export function steadyAppointments<List extends readonly Appointment[]>(
  before: List | undefined,
  now: List,
): List {
  if (!before || before.length !== now.length) return now;
  const known = new Map(before.map((each) => [each.id, each]));
  const isUnchanged = now.every((each) => {
    const last = known.get(each.id);
    return last !== undefined && looksSame(last, each);
  });
  return isUnchanged ? before : now;
}
