import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { signIn } from "./staff.ts";

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

describe.each(["light", "dark"] as const)("axe finds nothing in the %s theme", (colorScheme) => {
  it("on the pages before sign-in", async () => {
    const page = await (await browser.newContext({ baseURL: product.url, colorScheme })).newPage();
    for (const path of ["/fr", "/en/sign-in", "/fr/nowhere"]) {
      await page.goto(path);
      expect(await violations(page), path).toEqual([]);
    }
    await page.context().close();
  });

  it("on every view of the calendar, the details beside it and its dialogs", async () => {
    const page = await signIn(browser, { url: product.url, email: "secretariat@dubois.demo" });
    await page.emulateMedia({ colorScheme });
    for (const view of ["week", "day", "columns", "team", "rooms", "month", "list"]) {
      await page.goto(`/fr/dashboard/calendar?view=${view}`);
      await page.locator(".fc-view").waitFor();
      expect(await violations(page), view).toEqual([]);
    }
    await page.goto("/fr/dashboard/calendar?view=week");
    await page.locator(".fc-timegrid-event[data-appointment-id]").first().click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page), "details").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Nouveau rendez-vous" }).waitFor();
    await page.locator("[data-place-check]").waitFor();
    expect(await violations(page), "create").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Raccourcis clavier" }).waitFor();
    expect(await violations(page), "help").toEqual([]);
    await page.context().close();
  });
});
