import { type StallingProxy, startStallingProxy } from "@creneau/db/testing/stalling-proxy";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { freeSlots, openBooking, openDays } from "./booking-page.ts";
import { launchBrowser } from "./browser.ts";
import { demoTemplate } from "./demo-template.ts";
import { type Product, startProduct } from "./product.ts";
import { signIn } from "./staff.ts";

let database: TestDatabase;
let proxy: StallingProxy;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  database = await createTestDatabase({ template: demoTemplate });
  proxy = await startStallingProxy(database.url);
  const through = { ...database, url: proxy.through(database.url) };
  [product, browser] = await Promise.all([startProduct(through), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await proxy?.close();
  await database?.drop();
});
afterEach(() => proxy.mend());

it("a page that is opened while the database is gone says so, and shows by itself when it is back", async () => {
  await proxy.cut();
  for (const path of ["/fr/book/dr-dubois", "/en/book/dr-dubois", "/fr/manage/unknown"]) {
    const response = await fetch(`${product.url}${path}`, { redirect: "manual" });
    const text = await response.text();
    expect([path, response.status, response.headers.get("retry-after")]).toEqual([path, 503, "5"]);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(text).toContain(
      path.startsWith("/en") ? "The service is not answering" : "Le service ne répond pas",
    );
  }
  const page = await openBooking(browser, { url: product.url, path: "/fr/book/dr-dubois" });
  await page.getByText("Le service ne répond pas").waitFor();
  await proxy.mend();
  await page
    .getByRole("heading", { name: /Dubois/ })
    .first()
    .waitFor({ timeout: 20_000 });
});

it("a visitor's page waits, says why, and goes on by itself with what was pressed", async () => {
  const page = await openBooking(browser, {
    url: product.url,
    path: "/fr/book/claire-martin?service=visite",
    viewport: { width: 360, height: 800 },
  });
  await openDays(page).last().click();
  const slot = freeSlots(page).first();
  await slot.waitFor();
  await proxy.cut();
  await slot.click();
  await page.getByText("nous réessayons pour vous").waitFor();
  await proxy.mend();
  await page.locator("[data-countdown]").waitFor({ timeout: 25_000 });
  await page.getByText("nous réessayons pour vous").waitFor({ state: "detached" });
  await page.close();
});

it("a staff screen says it in its banner and goes on by itself, without anybody being signed out", async () => {
  const page = await signIn(browser, { url: product.url, email: "secretariat@dubois.demo" });
  await page.goto("/fr/dashboard/clients");
  const search = page.getByRole("searchbox").or(page.getByRole("textbox")).first();
  await search.waitFor();
  await proxy.cut();
  await search.fill("martin");
  await page.getByText("l’écran reprendra de lui-même").waitFor({ timeout: 15_000 });
  await proxy.mend();
  await page.getByText("l’écran reprendra de lui-même").waitFor({ state: "detached", timeout: 25_000 });
  await page
    .getByText(/martin/i)
    .first()
    .waitFor();
  expect(page.url()).toContain("/dashboard/clients");
});
