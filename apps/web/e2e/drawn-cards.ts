import { DateTime } from "luxon";
import type { Page } from "playwright-core";
import type { Stored } from "./quiet-week.ts";
import { query } from "./staff.ts";

/** Where a card stands, in words that compare: `2027-04-05 10:00–10:30`, and its column where columns are somebody's. */
type Drawn = Record<string, string>;

/**
 * Where every card of the grid really stands on screen: its column, the time it writes, and in a grid of hours the hours
 * that its edges reach. Not what the card says of itself to assistive technology, which comes from the data.
 */
function drawnCards(page: Page): Promise<Drawn> {
  return page.evaluate(() => {
    const drawn: Record<string, string> = {};
    const line = (time: string) =>
      document.querySelector(`.fc-timegrid-slot-lane[data-time="${time}:00"]`)?.getBoundingClientRect().y ??
      0;
    const perMinute = (line("12:00") - line("10:00")) / 120;
    const clock = (y: number) => {
      const minute = Math.round((600 + (y - line("10:00")) / perMinute) / 5) * 5;
      return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    };
    for (const card of document.querySelectorAll<HTMLElement>(".fc-view [data-appointment-id]")) {
      const id = card.dataset.appointmentId ?? "";
      const cell = card.closest<HTMLElement>("[data-date]");
      const box = card.getBoundingClientRect();
      const written = card.querySelector("time")?.textContent ?? "";
      const span = perMinute ? `${clock(box.top)}–${clock(box.bottom)}` : written;
      const place = [cell?.dataset.date, span, cell?.dataset.resourceId].filter(Boolean).join(" ");
      // Told twice is drawn twice; a time that is not the place's is a lie as well.
      const lie = span.startsWith(written) ? "" : ` says ${written}`;
      drawn[id] = `${drawn[id] ? `${drawn[id]} and ` : ""}${place}${lie}`;
    }
    return drawn;
  });
}

type Shown = { from: string; days: number; by?: "provider" | "room"; isMonth?: boolean; providerId?: string };

/** Where the database has every appointment of the shown dates, in the same words. */
async function storedCards(page: Page, { from, days, by, isMonth, providerId }: Shown): Promise<Drawn> {
  const zone = "Europe/Paris";
  const first = DateTime.fromISO(from, { zone });
  const { items } = await query<{ items: Stored[] }>(page, "appointments.list", {
    from: first.toUTC().toISO(),
    to: first.plus({ days }).toUTC().toISO(),
    statuses: ["held", "pending", "confirmed", "in_progress", "completed", "no_show"],
    ...(providerId ? { providerIds: [providerId] } : {}),
  });
  return Object.fromEntries(
    items.map((each) => {
      const clock = (instant: string, shape: string) => DateTime.fromISO(instant, { zone }).toFormat(shape);
      const start = clock(each.startsAt, "HH:mm");
      const column = by === "provider" ? each.providerId : by === "room" ? (each.roomId ?? "no-room") : "";
      const span = isMonth ? start : `${start}–${clock(each.endsAt, "HH:mm")}`;
      return [each.id, [clock(each.startsAt, "yyyy-MM-dd"), span, column].filter(Boolean).join(" ")];
    }),
  );
}

/**
 * What is drawn and is not so, or is so and not drawn; empty once the screen tells the truth. Waits for that as long as
 * a change may take to arrive.
 */
export async function untruths(page: Page, shown: Shown, limit = 3_000): Promise<string[]> {
  const deadline = Date.now() + limit;
  for (;;) {
    const [drawn, stored] = await Promise.all([drawnCards(page), storedCards(page, shown)]);
    const ids = new Set([...Object.keys(drawn), ...Object.keys(stored)]);
    const wrong = [...ids].flatMap((id) =>
      drawn[id] === stored[id] ? [] : [`drawn ${drawn[id] ?? "nowhere"}, stored ${stored[id] ?? "nowhere"}`],
    );
    if (wrong.length === 0 || Date.now() > deadline) return wrong;
    await page.waitForTimeout(50);
  }
}
