import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { query, signIn } from "./staff.ts";

let database: TestDatabase;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct(database);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await database?.drop();
});

/** An appointment of the coming weeks that has a client. */
async function knownAppointment(page: Page) {
  const { items } = await query<{
    items: { id: string; clientId: string | null; providerId: string; startsAt: string }[];
  }>(page, "appointments.list", {
    from: new Date(Date.now() + 86_400_000).toISOString(),
    to: new Date(Date.now() + 20 * 86_400_000).toISOString(),
    statuses: ["confirmed"],
  });
  const known = items.find(({ clientId }) => clientId !== null);
  if (!known) throw new Error("the demo has no client coming");
  return known;
}

// Both languages are read, each in one theme: what axe judges is the markup and the colours, not the words.
describe.each([
  { colorScheme: "light", locale: "fr" },
  { colorScheme: "dark", locale: "en" },
] as const)("axe finds nothing in the $colorScheme theme, in $locale", ({ colorScheme, locale }) => {
  it("on the pages of staff, their forms and the palette", async () => {
    const page = await signIn(browser, { url: product.url, email: "admin@immo.demo", locale });
    await page.emulateMedia({ colorScheme });
    const { id, clientId, providerId, startsAt } = await knownAppointment(page);
    const day = startsAt.slice(0, 10);
    const paths = [
      // One provider's: the same rows as everybody's, fewer of them to read.
      `dashboard/agenda?date=${day}&days=1&provider=${providerId}`,
      `dashboard/appointments?from=${day}&to=${day}&provider=${providerId}`,
      "dashboard/appointments/new",
      `dashboard/appointments/${id}`,
      `dashboard/appointments/${id}/edit`,
      "dashboard/clients",
      "dashboard/clients/new",
      `dashboard/clients/${clientId}`,
      `dashboard/clients/${clientId}/edit`,
      "dashboard/operator",
      `dashboard/today?provider=${providerId}`,
      "dashboard/availability",
      "dashboard/nowhere",
      "settings",
      "settings/sites",
      "settings/providers",
      "settings/services",
      "settings/members",
      "settings/organization",
      "settings/profile",
      "settings/calendar",
    ];
    for (const path of paths) {
      await page.goto(`/${locale}/${path}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await expect
        .poll(() => page.locator('main [aria-busy="true"]').count(), { timeout: 5_000, interval: 50 })
        .toBe(0);
      expect(await violations(page), path).toEqual([]);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    expect(await violations(page), "palette").toEqual([]);
    await page.context().close();
    // Some twenty pages, each read whole: a busy machine takes its time.
  }, 180_000);
});
