import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { book, quietDay } from "./quiet-week.ts";
import { query, signIn } from "./staff.ts";

const limit = { timeout: 5_000, interval: 50 };
type Hours = {
  sites: { siteId: string; rules: { isoWeekday: number; startMinute: number; endMinute: number }[] }[];
  exceptions: { date: string; windows: object[]; reason: string | null }[];
  timeOff: { startsAt: string }[];
};

let journey: Journey;
let product: Product;
let browser: Browser;
let doctor: Page;
let providerId: string;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  doctor = await signIn(browser, { url: product.url, email: "dubois@dubois.demo" });
  providerId = (await query<{ providerId: string }>(doctor, "session.me", {})).providerId;
});

afterAll(() => endJourney(journey));

async function openPage(page: Page, address = ""): Promise<void> {
  await page.goto(`/fr/dashboard/availability${address}`);
  await page.locator("[data-week]").waitFor();
}

async function windowsOn(isoWeekday: number): Promise<string[]> {
  const { sites } = await query<Hours>(doctor, "availability.get", { providerId });
  const ofDay = sites[0]?.rules.filter((rule) => rule.isoWeekday === isoWeekday) ?? [];
  return ofDay.map(({ startMinute, endMinute }) => `${startMinute}-${endMinute}`);
}

/** Takes the month to a date: forward, month by month, then onto the day. */
async function chooseDay(page: Page, date: string): Promise<Locator> {
  const day = page.locator(`[role="grid"] [data-date="${date}"]`);
  const next = page.getByRole("button", { name: "Mois suivant" });
  const month = page.getByRole("grid");
  for (let step = 0; step < 12 && (await day.count()) === 0; step++) {
    const shown = await month.getAttribute("aria-label");
    await next.click();
    await expect.poll(() => month.getAttribute("aria-label"), limit).not.toBe(shown);
  }
  await day.click();
  return day;
}

const previewOf = (page: Page, date: string) => page.locator(`[data-preview-date="${date}"]`);

describe("a provider's hours", () => {
  it("are edited, checked, copied to other days and saved; the edit is not lost by a link", async () => {
    await openPage(doctor);
    await doctor.getByLabel("mercredi", { exact: true }).getByText("Fermé").last().waitFor();
    await doctor.getByRole("button", { name: "Ajouter une plage le mercredi" }).click();
    await doctor.keyboard.type("10:00");
    await doctor.keyboard.press("Tab");
    await doctor.keyboard.type("09:30");
    await doctor.getByText("La fin doit suivre le début").waitFor();
    await doctor.keyboard.press("Control+s");
    expect(await windowsOn(3)).toEqual([]);
    await doctor.getByLabel("mercredi, plage 1, fin").fill("11:00");
    await doctor.keyboard.press("ArrowUp");
    await expect.poll(() => doctor.getByLabel("mercredi, plage 1, fin").inputValue(), limit).toBe("11:15");
    await doctor.getByText("elles ne comptent pas encore ici").waitFor();

    await doctor.getByRole("button", { name: "Copier mercredi vers" }).click();
    await doctor.getByRole("checkbox", { name: "samedi" }).check();
    await doctor.getByRole("button", { name: "Copier", exact: true }).click();
    await doctor.getByRole("link", { name: "Clients" }).click();
    await doctor.getByRole("dialog", { name: "Quitter sans enregistrer" }).waitFor();
    await doctor.getByRole("button", { name: "Rester" }).click();
    expect(await windowsOn(3)).toEqual([]);
    await doctor.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await doctor.getByText("Horaires enregistrés", { exact: true }).waitFor();
    expect([await windowsOn(3), await windowsOn(6)]).toEqual([["600-675"], ["600-675"]]);
  });

  it("are refused over what somebody else saved meanwhile, until one decides", async () => {
    const other = await doctor.context().newPage();
    await openPage(other);
    await openPage(doctor);
    await other.getByLabel("mercredi, plage 1, fin").fill("12:00");
    await doctor.getByLabel("mercredi, plage 1, fin").fill("11:30");
    await doctor.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await doctor.getByText("Horaires enregistrés", { exact: true }).waitFor();
    await other.bringToFront();
    await other.keyboard.press("Control+s");
    await other.getByText("Quelqu’un d’autre vient d’enregistrer").waitFor();
    expect(await windowsOn(3)).toEqual(["600-690"]);
    await other.getByRole("button", { name: "Garder les miens" }).click();
    await expect.poll(() => windowsOn(3), limit).toEqual(["600-720"]);
    await other.close();
  });
});

describe("dated changes", () => {
  it("close days by keyboard, and the offered slots go and come back", async () => {
    await openPage(doctor);
    // In two weeks: clients may book there.
    const [tuesday, wednesday] = [quietDay(-125), quietDay(-124)];
    await chooseDay(doctor, tuesday);
    await previewOf(doctor, tuesday)
      .getByText(/créneaux/)
      .first()
      .waitFor();
    await doctor.locator(`[role="grid"] [data-date="${tuesday}"]`).focus();
    await doctor.keyboard.press("Shift+ArrowRight");
    await doctor.keyboard.press("Enter");
    const form = doctor.getByRole("dialog", { name: "Exception ou absence" });
    await form.getByLabel("Motif").fill("Congrès");
    await form.getByRole("button", { name: "Enregistrer" }).click();
    await form.waitFor({ state: "detached" });
    // The demo's appointments of these days, if there are any, are told first.
    await doctor.keyboard.press("Escape");
    await previewOf(doctor, tuesday).getByText("Aucun créneau").waitFor();
    const { exceptions } = await query<Hours>(doctor, "availability.get", { providerId });
    expect(exceptions.map(({ date, windows, reason }) => [date, windows.length, reason])).toEqual([
      [tuesday, 0, "Congrès"],
      [wednesday, 0, "Congrès"],
    ]);

    await previewOf(doctor, tuesday)
      .getByRole("button", { name: /Pourquoi/ })
      .click();
    await doctor.getByText(/Horaires exceptionnels ce jour-là.*Congrès/).waitFor();

    const coming = doctor.getByRole("list", { name: "À venir" });
    await coming.getByRole("button", { name: /^Retirer : Fermé/ }).click();
    await previewOf(doctor, tuesday)
      .getByText(/créneaux/)
      .first()
      .waitFor();
  });

  it("tell which appointments stand in a new absence", async () => {
    const date = quietDay(0);
    await book(doctor, { providerId, date, time: "10:00", title: "Madame Déjà" });
    await openPage(doctor);
    await chooseDay(doctor, date);
    await doctor.getByRole("button", { name: "Ajouter", exact: true }).click();
    const form = doctor.getByRole("dialog", { name: "Exception ou absence" });
    await form.getByText("Absence", { exact: true }).click();
    await form.getByRole("button", { name: "Enregistrer" }).click();
    const told = doctor.getByRole("dialog", { name: "Enregistré, mais 1 rendez-vous s’y trouve" });
    await told.getByRole("link", { name: /10:00.*Madame Déjà/ }).waitFor();
    await told.getByRole("button", { name: "Compris" }).click();
    expect((await query<Hours>(doctor, "availability.get", { providerId })).timeOff).toHaveLength(1);
  });
});

it("an operator reads them, and finds nothing to change", async () => {
  const operator = await signIn(browser, { url: product.url, email: "secretariat@dubois.demo" });
  await openPage(operator, `?provider=${providerId}`);
  await operator.getByText("Lecture seule").waitFor();
  expect(await operator.locator("[data-week] input").count()).toBe(0);
  expect(await operator.getByRole("button", { name: /^(Ajouter|Copier|Retirer|Modifier)/ }).count()).toBe(0);
  // The twin: the provider's own page has them.
  await openPage(doctor);
  expect(await doctor.locator("[data-week] input").count()).toBeGreaterThan(0);
  await operator.context().close();
});

it.each(["light", "dark"] as const)(
  "axe finds nothing in the %s theme, on a phone neither",
  async (colorScheme) => {
    await doctor.emulateMedia({ colorScheme });
    await openPage(doctor);
    await doctor.locator("[data-preview-date]").first().waitFor();
    expect(await violations(doctor), "page").toEqual([]);
    await doctor.getByRole("button", { name: "Ajouter", exact: true }).click();
    await doctor.getByRole("dialog").waitFor();
    expect(await violations(doctor), "dialog").toEqual([]);
    await doctor.keyboard.press("Escape");
    await doctor.setViewportSize({ width: 360, height: 800 });
    expect(await violations(doctor), "phone").toEqual([]);
    const isTooWide = () => document.documentElement.scrollWidth > window.innerWidth;
    expect(await doctor.evaluate(isTooWide)).toBe(false);
    await doctor.setViewportSize({ width: 1440, height: 900 });
  },
);
