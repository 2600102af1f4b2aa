import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freeSlots, hold, openBooking, openDays } from "./booking-page.ts";
import { launchBrowser } from "./browser.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true } as const;
/** 400 kbit/s with the delay of a weak mobile network. */
const slow = { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 };

let journey: Journey;
let browser: Browser;

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(() => endJourney(journey));

const open = (path: string) => openBooking(browser, { url: journey.product.url, path });
/** The address has changed: what belongs to it may still be on the way. */
const arrivesAt = (page: Page, address: RegExp) => page.waitForURL(address, { waitUntil: "commit" });

let daysGiven = 6;

/** A working day with many free times that no other test uses, `YYYY-MM-DD`. */
function anotherDay(): string {
  daysGiven++;
  const day = new Date(Date.now() + daysGiven * 86_400_000);
  return day.getUTCDay() === 0 || day.getUTCDay() === 6 ? anotherDay() : day.toISOString().slice(0, 10);
}

/** A page on a slow line, as soon as its first bytes are there. */
async function openSlowly(path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: journey.product.url, ...phone });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", slow);
  await page.goto(path, { waitUntil: "commit" });
  return page;
}

/** Whether the script of what is on screen has taken it over. */
function isAlive(target: Locator): Promise<boolean> {
  return target.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")));
}

/** Taps what has just been drawn; sees that no script could have heard it. */
async function tapEarly(target: Locator): Promise<void> {
  await target.waitFor();
  expect(await isAlive(target), `${target} had its script already`).toBe(false);
  await target.evaluate((element) => (element as HTMLElement).click());
}

describe("a tap before the script is there, at 400 kbit/s", () => {
  it("chooses a service, a day and a time, and books what was typed and sent meanwhile", async () => {
    const page = await openSlowly("/fr/book/claire-martin");
    await tapEarly(page.locator('a[href*="service=visite"]'));
    await arrivesAt(page, /service=visite/);
    await tapEarly(openDays(page).last());
    await arrivesAt(page, /date=/);
    await tapEarly(freeSlots(page).first());
    await arrivesAt(page, /slot=/);
    const name = page.locator('input[name="name"]');
    await name.waitFor();
    expect(await isAlive(name)).toBe(false);
    await name.fill("Awa Rapide");
    await page.locator('input[name="email"]').fill("awa@example.org");
    await tapEarly(page.locator('form:has(input[name="name"]) button[type="submit"]'));
    await page.waitForURL("**/confirmation?booking=*", { timeout: 60_000 });
    await page.getByRole("heading", { name: "C’est réservé" }).waitFor();
  });

  it("turns the month, opens the waiting list and comes back", async () => {
    const page = await openSlowly("/fr/book/claire-martin?service=visite");
    await tapEarly(page.getByRole("link", { name: "Mois suivant" }));
    await arrivesAt(page, /month=/);
    await tapEarly(page.getByRole("link", { name: "Être prévenu si une place se libère" }));
    await arrivesAt(page, /wait=1/);
    await page.locator('input[name="name"]').fill("Awa Attente");
    await tapEarly(page.getByRole("link", { name: "Revenir au choix de l’heure" }));
    await openDays(page).first().waitFor();
  });

  it("chooses in a list, and a zone", async () => {
    const page = await openSlowly("/fr/book/ct-reseau-sud?site=marseille&service=controle-technique");
    const fuel = page.getByLabel("Énergie");
    await fuel.waitFor();
    expect(await isAlive(fuel)).toBe(false);
    await fuel.selectOption({ index: 1 });
    const chosen = await fuel.inputValue();
    await expect
      .poll(() => new URL(page.url()).searchParams.get("about"), { timeout: 30_000 })
      .toContain(chosen);
    await expect.poll(() => fuel.inputValue(), { timeout: 10_000 }).toBe(chosen);

    const video = await openSlowly("/fr/book/claire-martin?service=point-video");
    await tapEarly(video.getByRole("button", { name: "Changer", exact: true }));
    await video.getByLabel("Fuseau horaire").waitFor();
  });

  it("answers on a client's own pages", async () => {
    const page = await open(`/fr/book/claire-martin?service=visite&date=${anotherDay()}`);
    await hold(page, freeSlots(page).first());
    await page.locator('input[name="name"]').fill("Awa Gère");
    await page.locator('input[name="email"]').fill("gere@example.org");
    await page.locator('form:has(input[name="name"]) button[type="submit"]').click();
    await page.waitForURL("**/confirmation?booking=*");
    const token = new URL(page.url()).searchParams.get("booking");
    const own = await openSlowly(`/fr/manage/${token}`);
    await tapEarly(own.getByRole("link", { name: "Annuler le rendez-vous" }));
    await arrivesAt(own, /do=cancel/);
    await own.getByLabel("Raison").fill("Trop vite");
    await tapEarly(own.getByRole("button", { name: "Oui, annuler" }));
    await own.getByText("Votre rendez-vous est annulé.").waitFor();
  });
});

describe("without JavaScript", () => {
  let bare: Browser;
  // The browser's own switch: only then does it read what a page says for this case.
  beforeAll(async () => {
    bare = await launchBrowser(["--blink-settings=scriptEnabled=false"]);
  });
  afterAll(() => bare?.close());
  const openBare = (path: string) => openBooking(bare, { url: journey.product.url, path, ...phone });

  it.each([
    ["/fr/book/claire-martin", "JavaScript est désactivé"],
    ["/en/book/claire-martin", "JavaScript is switched off"],
    ["/fr/embed/claire-martin", "JavaScript est désactivé"],
    ["/fr/book/ct-reseau-sud/sites", "JavaScript est désactivé"],
    ["/fr/sign-in", "JavaScript est désactivé"],
  ])("%s says what it can do and what to do", async (path, words) => {
    const page = await openBare(path);
    // What only such a browser reads is no text to a locator.
    expect(await page.locator("body").innerText()).toContain(words);
  });

  it("shows the days and the times, leads from one to the other, and says whom to call", async () => {
    const page = await openBare("/fr/book/dr-leroy");
    await page.locator('a[href*="service=suivi"]').click();
    await openDays(page).last().click();
    await arrivesAt(page, /date=/);
    expect(await freeSlots(page).count()).toBeGreaterThan(0);
    await page.getByRole("link", { name: "Choisir un autre jour" }).click();
    await page.getByRole("link", { name: "Mois suivant" }).click();
    await arrivesAt(page, /month=/);
    expect(await openDays(page).count()).toBeGreaterThan(0);
    await page.getByRole("link", { name: "04 72 00 00 00" }).first().waitFor();
  });
});
