import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** Opens a stranger's browser on a public page, up to its calendar being alive. */
export async function openBooking(
  browser: Browser,
  { url, path, ...options }: { url: string; path: string } & BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** The days that can be chosen in the month on screen. */
export function openDays(page: Page): Locator {
  return page.locator('[role="grid"] [data-date][aria-disabled="false"]');
}

/** The slots on screen that can be taken. */
export function freeSlots(page: Page): Locator {
  return page.locator('[data-state][data-starts-at]:not([data-state="taken"]):visible');
}

/** Takes a slot and waits until it is held. */
export async function hold(page: Page, slot: Locator): Promise<string> {
  const startsAt = (await slot.getAttribute("data-starts-at")) ?? "";
  await slot.click();
  await page.locator("[data-countdown]").waitFor();
  return startsAt;
}

/** Fills the form in and sends it, up to the confirmation; returns the manage token. */
export async function confirm(page: Page, { name, email }: { name: string; email: string }): Promise<string> {
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="email"]').fill(email);
  await page.locator('form:has(input[name="name"]) button[type="submit"]').click();
  await page.waitForURL("**/confirmation?booking=*");
  return new URL(page.url()).searchParams.get("booking") ?? "";
}
