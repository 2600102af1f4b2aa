import type { Appointment } from "../appointments/appointment.ts";

type GroupKey = "now" | "next" | "coming" | "past" | "cancelled";

const order: readonly GroupKey[] = ["now", "next", "coming", "past", "cancelled"];

/**
 * A day as one works through it: what is on (or should be), the next one, those to come, then what is behind. Each
 * group keeps the order of start; empty groups are left out.
 */
export function groupDay<Item extends Pick<Appointment, "status" | "startsAt" | "endsAt">>(
  appointments: readonly Item[],
  now: number,
): { key: GroupKey; appointments: Item[] }[] {
  const comingStatuses = ["held", "pending", "confirmed"];
  const firstComing = appointments.find(
    ({ status, startsAt }) => comingStatuses.includes(status) && Date.parse(startsAt) > now,
  );
  const groups = Map.groupBy(appointments, (appointment): GroupKey => {
    const { status, startsAt } = appointment;
    if (status === "cancelled" || status === "no_show") return "cancelled";
    if (status === "completed") return "past";
    if (status === "in_progress" || Date.parse(startsAt) <= now) return "now";
    return firstComing && startsAt === firstComing.startsAt ? "next" : "coming";
  });
  return order.flatMap((key) => {
    const found = groups.get(key);
    return found ? [{ key, appointments: found }] : [];
  });
}
