import { DateTime } from "luxon";
import type { Page } from "playwright-core";
import type { PlacedAppointment } from "./free-place.ts";
import { mutate, query } from "./staff.ts";

const zone = "Europe/Paris";

/** Monday of a week that the demo data does not reach. */
function quietMonday(): DateTime {
  return DateTime.now().setZone(zone).startOf("week").plus({ weeks: 20 });
}

/** The date some days after that Monday. */
export function quietDay(days: number): string {
  return quietMonday().plus({ days }).toISODate() ?? "";
}

/** An instant of the quiet week on the organization's clock. */
export function at(date: string, time: string): string {
  return DateTime.fromISO(`${date}T${time}`, { zone }).toUTC().toISO() ?? "";
}

export function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

export type Stored = PlacedAppointment & {
  roomId: string | null;
  lane: number;
  version: number;
  title: string;
};

/** Opens the hours of some providers on every day of the quiet week, so that a test knows what is free. */
export async function openHours(page: Page, providerIds: readonly string[]): Promise<void> {
  for (const providerId of providerIds)
    for (let day = 0; day < 5; day++)
      await mutate(page, "availability.addException", {
        providerId,
        date: quietDay(day),
        windows: [{ startMinute: 9 * 60, endMinute: 18 * 60 }],
      });
}

/** An appointment of half an hour, or of `minutes`. */
export async function book(
  page: Page,
  place: { providerId: string; date: string; time: string; minutes?: number; title: string; roomId?: string },
): Promise<Stored> {
  const startsAt = at(place.date, place.time);
  const endsAt = new Date(Date.parse(startsAt) + (place.minutes ?? 30) * 60_000).toISOString();
  const { providerId, title, roomId } = place;
  const { appointment } = await mutate<{ appointment: Stored }>(page, "appointments.create", {
    providerId,
    startsAt,
    endsAt,
    title,
    ...(roomId ? { roomId } : {}),
    notify: false,
  });
  return appointment;
}

/** The appointment as the server has it now. */
export function stored(page: Page, id: string): Promise<Stored> {
  return query<Stored>(page, "appointments.byId", { id });
}

/** Its place on the organization's clock, as `YYYY-MM-DD HH:mm–HH:mm`. */
export async function storedPlace(page: Page, id: string): Promise<string> {
  const { startsAt, endsAt } = await stored(page, id);
  const format = (instant: string, shape: string) => DateTime.fromISO(instant, { zone }).toFormat(shape);
  return `${format(startsAt, "yyyy-MM-dd HH:mm")}–${format(endsAt, "HH:mm")}`;
}
