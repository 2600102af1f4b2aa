import type { Locator, Page } from "playwright-core";

/** The card of an appointment in the grid. */
export function card(page: Page, id: string): Locator {
  return page.locator(`[data-appointment-id="${id}"]`);
}

/** Opens one view of the calendar at a date, and waits for an appointment or the grid. */
export async function openView(page: Page, view: string, date: string): Promise<void> {
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}?view=${view}&date=${date}`);
  await page.locator(".fc-view").waitFor();
}

/** Opens the provider columns of one day, and waits for the grid. */
export async function openColumns(page: Page, date: string): Promise<void> {
  await openView(page, "columns", date);
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

/** A column of the grid of hours. */
export type ColumnPlace = { date: string; resourceId?: string };

/** The middle of a place of the grid; `minute` since midnight. */
export async function pointOf(
  page: Page,
  { date, resourceId, minute }: ColumnPlace & { minute: number },
): Promise<{ x: number; y: number }> {
  const resource = resourceId ? `[data-resource-id="${resourceId}"]` : "";
  const column = page.locator(`.fc-timegrid-col[data-date="${date}"]${resource}`);
  await column.scrollIntoViewIfNeeded();
  const box = await column.boundingBox();
  if (!box) throw new Error(`the grid does not show ${date} ${resourceId ?? ""}`);
  const y = (await top(page, "10:00")) + (minute - 600) * (await pixelsPerMinute(page));
  return { x: box.x + box.width / 2, y };
}

/** Presses the mouse on one point and moves it to another, with the steps a hand makes. */
export async function press(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step++) {
    await page.mouse.move(from.x + ((to.x - from.x) * step) / 10, from.y + ((to.y - from.y) * step) / 10);
  }
}

async function grip(page: Page, id: string): Promise<{ x: number; y: number }> {
  const element = card(page, id);
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error("the appointment is not on screen");
  return { x: box.x + Math.min(40, box.width / 2), y: box.y + Math.min(8, box.height / 2) };
}

/** Takes an appointment to a start time in a column, and holds it there. */
export async function carryTo(
  page: Page,
  { id, ...place }: ColumnPlace & { id: string; minute: number },
): Promise<void> {
  const from = await grip(page, id);
  const box = await card(page, id).boundingBox();
  const to = await pointOf(page, place);
  await press(page, from, { x: to.x, y: to.y + (from.y - (box?.y ?? from.y)) });
}

/** Drags an appointment to a start time in a column. */
export async function dragTo(page: Page, target: ColumnPlace & { id: string; minute: number }) {
  await carryTo(page, target);
  await page.mouse.up();
}

/** Drags an appointment up or down by whole minutes. */
export async function dragBy(page: Page, { id, minutes }: { id: string; minutes: number }): Promise<void> {
  const from = await grip(page, id);
  await press(page, from, { x: from.x, y: from.y + minutes * (await pixelsPerMinute(page)) });
  await page.mouse.up();
}

/** Pulls the lower edge of an appointment by whole minutes, and holds it there. */
export async function pullEdge(page: Page, { id, minutes }: { id: string; minutes: number }): Promise<void> {
  const element = card(page, id);
  await element.hover();
  const handle = await element.locator(".fc-event-resizer-end").boundingBox();
  if (!handle) throw new Error("the appointment has no handle");
  const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
  await press(page, from, { x: from.x, y: from.y + minutes * (await pixelsPerMinute(page)) });
}

/** Pulls the lower edge of an appointment by whole minutes. */
export async function resizeBy(page: Page, change: { id: string; minutes: number }): Promise<void> {
  await pullEdge(page, change);
  await page.mouse.up();
}
