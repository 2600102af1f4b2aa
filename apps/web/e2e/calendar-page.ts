import type { Locator, Page } from "playwright-core";

/** The card of an appointment in the grid. */
export function card(page: Page, id: string): Locator {
  return page.locator(`[data-appointment-id="${id}"]`);
}

/** Opens the provider columns of one day, and waits for the grid. */
export async function openColumns(page: Page, date: string): Promise<void> {
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}?view=columns&date=${date}`);
  await page.locator(".fc-timegrid-event").first().waitFor();
}

async function top(page: Page, time: string): Promise<number> {
  const box = await page.locator(`.fc-timegrid-slot-lane[data-time="${time}:00"]`).boundingBox();
  if (!box) throw new Error(`the grid does not show ${time}`);
  return box.y;
}

/** How far a card stands from the line of its start time, in pixels; `time` on a half hour. */
export async function offsetFromLine(
  page: Page,
  { id, time }: { id: string; time: string },
): Promise<number> {
  const box = await card(page, id).boundingBox();
  if (!box) throw new Error("the appointment is not on screen");
  return Math.abs(box.y - (await top(page, time)));
}

/** Pixels of the grid for one minute. */
async function pixelsPerMinute(page: Page): Promise<number> {
  return ((await top(page, "12:00")) - (await top(page, "10:00"))) / 120;
}

/** Drags an appointment up or down by whole minutes, with the steps a hand makes. */
export async function dragBy(page: Page, { id, minutes }: { id: string; minutes: number }): Promise<void> {
  const element = card(page, id);
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error("the appointment is not on screen");
  const distance = minutes * (await pixelsPerMinute(page));
  const x = box.x + Math.min(40, box.width / 2);
  const y = box.y + Math.min(8, box.height / 2);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step++) await page.mouse.move(x, y + (distance * step) / 10);
  await page.mouse.up();
}
