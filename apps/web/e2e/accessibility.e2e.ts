import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations, violationsInBothThemes } from "./axe.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { query, signIn } from "./staff.ts";

let journey: Journey;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
});

afterAll(() => endJourney(journey));

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

describe("axe finds nothing in either theme", () => {
  it("on the pages before sign-in", async () => {
    const page = await (await browser.newContext({ baseURL: product.url })).newPage();
    for (const path of ["/fr", "/en/sign-in", "/fr/nowhere"]) {
      await page.goto(path);
      expect(await violationsInBothThemes(page), path).toEqual([]);
    }
    await page.context().close();
  });

  it("on every view of the calendar, the details beside it and its dialogs", async () => {
    const page = await signIn(browser, { url: product.url, email: "secretariat@dubois.demo" });
    for (const view of ["week", "day", "columns", "team", "rooms", "month", "list"]) {
      await page.goto(`/fr/dashboard/calendar?view=${view}`);
      await page.locator(".fc-view").waitFor();
      expect(await violationsInBothThemes(page), view).toEqual([]);
    }
    await page.goto("/fr/dashboard/calendar?view=week");
    await page.locator(".fc-timegrid-event[data-appointment-id]").first().click();
    await page.getByRole("dialog").waitFor();
    expect(await violationsInBothThemes(page), "details").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Nouveau rendez-vous" }).waitFor();
    await page.locator("[data-place-check]").waitFor();
    expect(await violationsInBothThemes(page), "create").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Raccourcis clavier" }).waitFor();
    expect(await violationsInBothThemes(page), "help").toEqual([]);
    await page.context().close();
  });

  it("on the pages of staff, their forms and the palette", async () => {
    const page = await signIn(browser, { url: product.url, email: "admin@immo.demo" });
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
    for (const [at, path] of paths.entries()) {
      // Both languages are read, by turns: what axe judges is the markup and the colours, not the words.
      await page.goto(`/${at % 2 === 0 ? "fr" : "en"}/${path}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await expect
        .poll(() => page.locator('main [aria-busy="true"]').count(), { timeout: 5_000, interval: 50 })
        .toBe(0);
      expect(await violationsInBothThemes(page), path).toEqual([]);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    expect(await violationsInBothThemes(page), "palette").toEqual([]);
    await page.context().close();
    // Some twenty pages, each read whole: a busy machine takes its time.
  }, 180_000);
});

describe("what looks for colours alone in the second theme", () => {
  it("would find one that cannot be read", async () => {
    const page = await (await browser.newContext({ baseURL: product.url, colorScheme: "dark" })).newPage();
    await page.goto("/en/sign-in");
    await page.addStyleTag({ content: "html:not(.dark) h1 { color: #eee !important }" });
    expect(await violations(page)).toEqual([]);
    const found = await violationsInBothThemes(page);
    expect(found.map((each) => each.replace(/:.*\(/, ": ("))).toEqual(["color-contrast: (light)"]);
    await page.context().close();
  });
});
