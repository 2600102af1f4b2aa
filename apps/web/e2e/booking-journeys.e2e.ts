import { createHash } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations, violationsInBothThemes } from "./axe.ts";
import { confirm, freeSlots, hold, openBooking, openDays } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { behind as statementBehind } from "./tenant-rows.ts";

/** Time for a change to reach another browser. */
const liveLimit = 1_000;

let journey: Journey;
let rows: Database;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  rows = openDatabase({ url: journey.database.adminUrl });
});

afterAll(async () => {
  await rows?.close();
  await endJourney(journey);
});

const open = (path: string, options = {}) => openBooking(browser, { url: product.url, path, ...options });

const behind = <Row extends object>(publicName: string, statement: string) =>
  statementBehind<Row>(rows, publicName, statement);

async function count(statement: string): Promise<number> {
  const [row] = await behind<{ count: string }>("dr-leroy", statement);
  return Number(row?.count);
}

/** The first Wednesday so many days from now or later, `YYYY-MM-DD`. */
function wednesdayAfter(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}

/** What was written behind the server's back reaches it with the next look into the log. */
const serverKnows = () => new Promise((done) => setTimeout(done, 1_500));

describe("a stranger on a phone", () => {
  let token = "";

  // The first free time is often today, and seconds later too near to be moved.
  beforeAll(() =>
    behind("dr-leroy", "UPDATE organization SET cancel_cutoff_minutes = 0 WHERE slug = 'cabinet-dubois'"),
  );

  it("books in under 40 seconds, and pressing twice makes one booking", async () => {
    const page = await open("/fr/book/dr-leroy", { viewport: { width: 360, height: 740 }, hasTouch: true });
    const before = await count(
      "SELECT count(*) FROM appointment WHERE source = 'web' AND status = 'confirmed'",
    );
    const startedAt = Date.now();
    await page.getByRole("link", { name: /Suivi/ }).tap();
    await openDays(page).first().tap();
    await page.locator('[role="grid"]').waitFor({ state: "hidden" });
    const slot = freeSlots(page).first();
    const box = await slot.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await hold(page, slot);
    await page.locator('input[name="name"]').fill("Awa Diallo");
    await page.locator('input[name="tel"]').fill("06 12 34 56 78");
    await page.locator('button[type="submit"]').dblclick();
    await page.waitForURL("**/confirmation?booking=*");
    await page.getByRole("heading", { name: "C’est réservé" }).waitFor();
    expect(Date.now() - startedAt).toBeLessThan(40_000);
    expect(
      await count("SELECT count(*) FROM appointment WHERE source = 'web' AND status = 'confirmed'"),
    ).toBe(before + 1);
    token = new URL(page.url()).searchParams.get("booking") ?? "";
    await page.context().close();
  });

  it("finds what they typed again after Back, a reload and a change of language", async () => {
    const page = await open(`/fr/book/claire-martin?service=visite&date=${wednesdayAfter(7)}`, {
      viewport: { width: 360, height: 740 },
    });
    await hold(page, freeSlots(page).first());
    const typed = () => page.locator('input[name="name"]').inputValue();
    await page.locator('input[name="name"]').fill("Noé Retour");
    await page.goBack();
    await freeSlots(page).first().waitFor();
    await page.goForward();
    await page.locator("[data-countdown]").waitFor();
    expect(await typed()).toBe("Noé Retour");
    await page.reload();
    await page.locator("[data-countdown]").waitFor();
    await expect.poll(typed).toBe("Noé Retour");
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "Your details" }).waitFor();
    await page.locator("[data-countdown]").waitFor();
    await expect.poll(typed).toBe("Noé Retour");
    await page.context().close();
  });

  it("has one booking when the answer to the confirmation was lost on the way", async () => {
    const page = await open(
      `/fr/book/dr-leroy?service=suivi&month=${sameDay(text(new Date()), 1).slice(0, 7)}`,
    );
    await openDays(page).last().click();
    await hold(page, freeSlots(page).last());
    const bookings = "SELECT count(*) FROM appointment WHERE source = 'web' AND status = 'confirmed'";
    const before = await count(bookings);
    const answers: number[] = [];
    await page.route("**/booking.confirm", async (route) => {
      const response = await route.fetch();
      answers.push(response.status());
      if (answers.length === 1) await route.abort("connectionreset");
      else await route.fulfill({ response });
    });
    await confirm(page, { name: "Perdue Enroute", email: "lost@example.org" });
    expect(answers).toEqual([200, 200]);
    expect(await count(bookings)).toBe(before + 1);
    await page.context().close();
  });

  it("finds that opening every link of the confirmation changes nothing", async () => {
    const page = await open(`/fr/book/dr-leroy/confirmation?booking=${token}`);
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
    const own = links.filter((link) => link.startsWith(product.url));
    expect(own.length).toBeGreaterThanOrEqual(4);
    const state =
      "SELECT sum(version) + count(*) * 1000 + (SELECT count(*) FROM event) * 1000000 AS count FROM appointment";
    const before = await count(state);
    for (const link of own) {
      expect((await page.request.get(link)).status(), link).toBe(200);
      await page.request.head(link);
    }
    expect(await count(state)).toBe(before);
    await page.context().close();
  });

  it("moves it, changes their mind, and cancels it", async () => {
    const page = await open(`/fr/manage/${token}`);
    const when = page.locator("dl time");
    const original = await when.getAttribute("datetime");
    await page.getByRole("link", { name: "Déplacer" }).click();
    await openDays(page).first().waitFor();
    await page.getByRole("link", { name: /Rien ne me convient/ }).click();
    await page.getByText("votre rendez-vous est maintenu").waitFor();
    expect(await when.getAttribute("datetime")).toBe(original);

    await page.getByRole("link", { name: "Déplacer" }).click();
    await freeSlots(page).last().click();
    await page.getByRole("heading", { name: /Déplacer votre rendez-vous/ }).waitFor();
    expect(
      await count(`SELECT count(*) FROM appointment WHERE starts_at = '${original}' AND status = 'confirmed'
        AND provider_id = (SELECT id FROM provider WHERE name = 'Dr Marc Leroy')`),
    ).toBe(1);
    await page.getByRole("button", { name: "Confirmer le déplacement" }).click();
    await page.getByText("Votre rendez-vous est déplacé.").waitFor();
    await expect.poll(() => when.getAttribute("datetime")).not.toBe(original);

    await page.getByRole("link", { name: "Annuler le rendez-vous" }).click();
    await page.getByRole("button", { name: "Oui, annuler" }).click();
    await page.getByText("Votre rendez-vous est annulé.").waitFor();
    await page.reload();
    await page.getByText("Ce rendez-vous est annulé").waitFor();
    await page.context().close();
  });
});

describe("a client's portal", () => {
  it("shows their meetings, takes a note, and is clean for axe", async () => {
    const token = "a-portal-token-of-this-test-alone";
    const hash = createHash("sha256").update(token).digest("base64url");
    await behind(
      "dr-leroy",
      `UPDATE client SET portal_token_hash = '${hash}' WHERE id = (SELECT client_id FROM appointment
        WHERE client_id IS NOT NULL AND status = 'confirmed' AND starts_at > now() + interval '2 days' LIMIT 1)`,
    );
    const page = await open(`/fr/portal/${token}`, { viewport: { width: 360, height: 740 } });
    const meeting = page.getByRole("article").first();
    await meeting.getByText("Notes partagées").click();
    await meeting.getByLabel("Écrire une note").fill("Je viendrai avec mon fils.");
    await meeting.getByRole("button", { name: "Envoyer la note" }).click();
    await meeting.getByText("Vous ·").waitFor();
    await page.reload();
    await page.getByText("Je viendrai avec mon fils.").waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.screenshot({ path: process.env.PORTAL_SHOT ?? "/dev/null", type: "png", fullPage: true });
    await page.context().close();
  });

  it("moves a meeting, keeps it when nothing suits, and says that one is cancelled although it leaves the list", async () => {
    const token = "a-portal-token-of-the-second-test";
    const hash = createHash("sha256").update(token).digest("base64url");
    // With a note of the host, shared half an hour into the year in Paris, and half an hour before it by UTC.
    const [client] = await behind<{ name: string }>(
      "dr-leroy",
      `WITH chosen AS (
         SELECT a.id, a.client_id, p.user_id FROM appointment a JOIN provider p ON p.id = a.provider_id
         WHERE p.name = 'Dr Marc Leroy' AND a.status = 'confirmed' AND a.source = 'web' AND a.starts_at > now() + interval '2 days'
         ORDER BY a.created_at DESC LIMIT 1
       ), noted AS (
         INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, shared_at, created_at, updated_at)
         SELECT a.organization_id, gen_random_uuid(), a.id, 'shared', c.user_id, 'Venez à jeun.', '2025-12-31T23:30:00Z', now(), now()
         FROM chosen c JOIN appointment a ON a.id = c.id
       )
       UPDATE client SET portal_token_hash = '${hash}' WHERE id = (SELECT client_id FROM chosen) RETURNING name`,
    );
    const page = await open(`/fr/portal/${token}`, { viewport: { width: 360, height: 740 } });
    const coming = page.getByRole("region", { name: "À venir" });
    await coming.getByText("Venez à jeun.").waitFor();
    // The day of a note is that of the place, not of Greenwich.
    await coming.getByText(/jeu\. 1 janv\./).waitFor();
    const when = coming.getByRole("article").first().locator("h3 time");
    const original = await when.getAttribute("datetime");
    await coming.getByRole("link", { name: "Déplacer" }).click();
    await page.getByRole("link", { name: /Rien ne me convient/ }).click();
    expect(await when.getAttribute("datetime")).toBe(original);
    await coming.getByRole("link", { name: "Déplacer" }).click();
    await openDays(page).last().click();
    await freeSlots(page).last().click();
    await page.getByRole("button", { name: "Confirmer le déplacement" }).click();
    await coming.getByText("Rendez-vous déplacé.").waitFor();
    await expect.poll(() => when.getAttribute("datetime")).not.toBe(original);

    await coming.getByRole("link", { name: "Annuler" }).click();
    await page.getByRole("button", { name: "Oui, annuler" }).click();
    await page.getByText("Rendez-vous annulé.").waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Rendez-vous annulé.");
    const over = page.getByRole("region", { name: "Passés et annulés" });
    await over.getByText("Annulé", { exact: true }).waitFor();
    // Booking again from the meeting itself fills in who they are, as the list of what is offered does.
    await over.getByRole("link", { name: "Reprendre rendez-vous" }).first().click();
    await openDays(page).last().click();
    await hold(page, freeSlots(page).first());
    expect(await page.locator('input[name="name"]').inputValue()).toBe(client?.name);
    await page.context().close();
  });

  it("says no more about a wrong link than that it opens nothing", async () => {
    const page = await open("/en/portal/not-a-token-of-anybody");
    await page.getByRole("heading", { name: "This link opens nothing" }).waitFor();
    await page.context().close();
  });
});

describe("two visitors of one page", () => {
  it("see a slot fade while the other holds it, and come back when the other leaves", async () => {
    // A day with many times: what is left of today may be one.
    const path = `/fr/book/claire-martin?service=visite&date=${wednesdayAfter(7)}`;
    const [first, second] = await Promise.all([open(path), open(path)]);
    await freeSlots(second).first().waitFor();
    // The live line opens after the page; a change before that would be a different test.
    await second.waitForTimeout(1_500);
    const startsAt = await hold(first, freeSlots(first).nth(1));
    const other = second.locator(`[data-starts-at="${startsAt}"]`);
    await expect
      .poll(() => other.getAttribute("data-state"), { timeout: liveLimit, interval: 20 })
      .toBe("taken");
    expect(await other.isDisabled()).toBe(true);
    await first.close({ runBeforeUnload: true });
    await expect
      .poll(() => other.getAttribute("data-state"), { timeout: liveLimit * 3, interval: 20 })
      .toBe("freed");
    await Promise.all([first.context().close(), second.context().close()]);
  });
});

describe("a booking on the move", () => {
  it("sees a time fade while a stranger holds it, and come back when they leave", async () => {
    // A day with many times. What is left of today may be free to the booking itself alone.
    const date = wednesdayAfter(7);
    const path = `/fr/book/claire-martin?service=estimation&date=${date}`;
    const own = await open(path);
    await hold(own, freeSlots(own).last());
    const token = await confirm(own, { name: "Mo Bile", email: "mobile@example.org" });
    let asked = 0;
    own.on("response", (response) => {
      if (response.url().includes("booking.moveSlots")) asked++;
    });
    let isLineUp = false;
    own.on("websocket", (line) =>
      line.on("framereceived", ({ payload }) => {
        isLineUp ||= String(payload).includes('"data"');
      }),
    );
    await own.goto(`/fr/manage/${token}?do=move&date=${date}`);
    const stranger = await open(path);
    await freeSlots(own).first().waitFor();
    // Once the line is up the times are asked for a second time, long before they would be without it.
    await expect.poll(() => isLineUp, { timeout: 15_000 }).toBe(true);
    await expect.poll(() => asked, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    const startsAt = await hold(stranger, freeSlots(stranger).first());
    const time = own.locator(`[data-starts-at="${startsAt}"]`);
    await expect
      .poll(() => time.getAttribute("data-state"), { timeout: liveLimit * 3, interval: 20 })
      .toBe("taken");
    await stranger.goto("about:blank");
    await expect
      .poll(() => time.getAttribute("data-state"), { timeout: liveLimit * 3, interval: 20 })
      .toBe("freed");
    await Promise.all([own.context().close(), stranger.context().close()]);
  });
});

describe("a start that is gone", () => {
  it("is said to be, with the nearest ones, and nothing free with when and whom to call", async () => {
    const path = "/fr/book/dr-leroy?service=suivi";
    const [first, second] = await Promise.all([open(path), open(path)]);
    const startsAt = await hold(first, freeSlots(first).first());
    await second.goto(`${path}&slot=${encodeURIComponent(startsAt)}`);
    const notice = second.getByRole("alert").filter({ has: second.locator("[data-alternative]") });
    await notice.waitFor();
    expect(await notice.locator("[data-alternative]").count()).toBe(3);
    expect(await violationsInBothThemes(second), "lost").toEqual([]);
    await second.goto(`${path}&month=2031-01`);
    await second.getByRole("link", { name: "04 72 00 00 00" }).waitFor();
    expect(await violationsInBothThemes(second), "nothing free").toEqual([]);
    await Promise.all([first.context().close(), second.context().close()]);
  });
});

describe("slots that do not come", () => {
  it("are said to be missing, and come when they are asked for again", async () => {
    const page = await open("/fr/book/dr-leroy?service=suivi", { viewport: { width: 360, height: 740 } });
    await openDays(page).first().waitFor();
    await page.route("**/booking.slots?*", (route) => route.abort("connectionreset"));
    // The page answers once it is alive: a press before that turns no month.
    const failure = page.getByRole("alert").filter({ hasText: "Les créneaux n’ont pas pu être chargés." });
    await expect
      .poll(async () => {
        await page.getByRole("link", { name: "Mois suivant" }).click();
        return failure.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
      })
      .toBe(true);
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.unroute("**/booking.slots?*");
    await page.getByRole("button", { name: "Réessayer" }).click();
    await failure.waitFor({ state: "hidden" });
    await openDays(page).first().waitFor();
    await page.context().close();
  });
});

describe("a hold that ends", () => {
  it("keeps the form, says so, offers the nearest slots, and books one of them", async () => {
    await behind("claire-martin", "UPDATE organization SET hold_minutes = 2 WHERE slug = 'immo-rive-gauche'");
    await serverKnows();
    const page = await open("/fr/book/claire-martin?service=visite");
    await page.clock.install();
    await page.reload();
    await hold(page, freeSlots(page).first());
    await page.locator('input[name="name"]').fill("Zoé Lemaître");
    await page.clock.fastForward(65_000);
    await expect
      .poll(() => page.locator("[data-hold-said]").textContent(), { timeout: 5_000 })
      .toContain("une minute");
    expect(await page.getByRole("button", { name: "Demander plus de temps" }).isVisible()).toBe(true);
    await behind(
      "claire-martin",
      "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE status = 'held'",
    );
    await page.clock.fastForward(60_000);
    await page.getByText("Ce créneau n’est plus réservé").waitFor();
    expect(await page.locator('input[name="name"]').inputValue()).toBe("Zoé Lemaître");
    const alternatives = page.locator("[data-alternative]");
    await alternatives.first().waitFor();
    expect(await alternatives.count()).toBe(3);
    expect(await violationsInBothThemes(page)).toEqual([]);
    await alternatives.last().click();
    await page.locator("[data-countdown]").waitFor();
    expect(await page.locator('input[name="name"]').inputValue()).toBe("Zoé Lemaître");
    await confirm(page, { name: "Zoé Lemaître", email: "zoe@example.org" });
    await page.context().close();
  });
});

describe("a hold that runs out", () => {
  it("is lengthened once, and what keeps it from being is said", async () => {
    await behind("claire-martin", "UPDATE organization SET hold_minutes = 2 WHERE slug = 'immo-rive-gauche'");
    await serverKnows();
    const page = await open(`/fr/book/claire-martin?service=visite&date=${wednesdayAfter(7)}`);
    await hold(page, freeSlots(page).first());
    const more = page.getByRole("button", { name: "Demander plus de temps" });
    await page.route("**/booking.extendHold", (route) => route.abort("connectionreset"));
    await more.click();
    await page.getByRole("alert").filter({ hasText: "Le temps n’a pas pu être ajouté." }).waitFor();
    await page.unroute("**/booking.extendHold");
    await more.click();
    await more.waitFor({ state: "hidden" });
    expect(await page.locator("[data-countdown]").textContent()).toMatch(/^[34]:/);
    expect(await page.getByRole("alert").filter({ hasText: "Le temps" }).count()).toBe(0);
    await page.context().close();
  });
});

describe("a visitor far away from a provider in Paris", () => {
  beforeAll(async () => {
    await behind("claire-martin", "UPDATE service SET horizon_days = 700 WHERE slug = 'point-video'");
    await behind(
      "claire-martin",
      `INSERT INTO availability_rule (organization_id, id, site_id, provider_id, iso_weekday, start_minute, end_minute, updated_at)
       SELECT s.organization_id, gen_random_uuid(), s.id, p.id, 7, 60, 300, now() FROM site s
       CROSS JOIN LATERAL (SELECT id FROM provider WHERE organization_id = s.organization_id AND name = 'Claire Martin'
         UNION ALL SELECT NULL::uuid) p
       WHERE s.slug = 'rive-gauche'`,
    );
    await serverKnows();
  });

  it("is told the time by their own clock or another one they choose, and by the place's where they meet", async () => {
    const page = await open("/fr/book/claire-martin?service=point-video", { timezoneId: "Asia/Kathmandu" });
    const zone = page.locator("[data-zone]");
    await zone.filter({ hasText: "Kathmandu" }).waitFor();
    const first = page.locator("[data-first-available]");
    const own = await first.textContent();
    const startsAt = await first.getAttribute("data-first-available");
    await page.getByRole("button", { name: "Changer", exact: true }).click();
    await page.getByLabel("Fuseau horaire").selectOption("America/St_Johns");
    await page.keyboard.press("Tab");
    await zone.filter({ hasText: "St Johns" }).waitFor();
    // The same start, by another clock; a link to this page keeps it.
    await expect.poll(() => first.textContent()).not.toBe(own);
    expect(await first.getAttribute("data-first-available")).toBe(startsAt);
    expect(new URL(page.url()).searchParams.get("tz")).toBe("America/St_Johns");
    await page.goto("/fr/book/claire-martin?service=visite&tz=America/St_Johns");
    await zone.filter({ hasText: "Heure de Paris (UTC" }).waitFor();
    expect(await page.getByRole("button", { name: "Changer", exact: true }).count()).toBe(0);
    await page.context().close();
  });

  // Paris skips an hour on 28 March 2027 and has one twice on 31 October; elsewhere the hours follow each other.
  it.each([
    ["Asia/Kathmandu", "2027-03-28", "2027-03-28", ["05:45", "06:15", "06:45", "07:15"], "Kathmandu"],
    ["America/St_Johns", "2027-03-28", "2027-03-27", ["21:30", "22:00", "22:30", "23:00"], "St Johns"],
    ["Asia/Kathmandu", "2027-10-31", "2027-10-31", ["05:45", "06:15", "06:45", "07:15"], "Kathmandu"],
    ["America/St_Johns", "2027-10-31", "2027-10-30", ["21:30", "22:00", "22:30", "23:00"], "St Johns"],
  ])("sees in %s the night of %s when the clocks change", async (timezoneId, night, date, expected, city) => {
    const page = await open(`/fr/book/claire-martin?service=point-video&date=${date}`, { timezoneId });
    await page.locator("[data-zone]").filter({ hasText: city }).waitFor();
    await expect.poll(() => freeSlots(page).count(), { timeout: 5_000 }).toBeGreaterThan(3);
    const starts = await freeSlots(page).evaluateAll((all) =>
      all.map((each) => [each.getAttribute("data-starts-at"), each.textContent?.trim()]),
    );
    const halfHours = starts
      .filter(([startsAt]) => new RegExp(`^${night}T0[01]:[03]0`).test(startsAt ?? ""))
      .map(([, time]) => time);
    expect(halfHours).toEqual(expected);
    await page.context().close();
  });
});

const utc = (date: string) => new Date(`${date}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);
const plusDays = (date: string, days: number) => text(new Date(utc(date).getTime() + days * 86_400_000));
const weekday = (date: string) => utc(date).getUTCDay();
const latest = (a: string, b: string) => (a > b ? a : b);

/** The same day of another month, or its last. */
function sameDay(date: string, months: number): string {
  const day = utc(date);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(last.getUTCDate(), day.getUTCDate()));
  return text(last);
}

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

describe("the keyboard alone", () => {
  it("walks the date grid, hears the count, and books", async () => {
    const page = await open("/en/book/dr-leroy?service=suivi");
    const current = () => page.evaluate(() => document.activeElement?.getAttribute("data-date") ?? null);
    const press = async (key: string, expected: (from: string) => string) => {
      const from = (await current()) ?? "";
      await page.keyboard.press(key);
      await expect.poll(current, { message: `${key} from ${from}` }).toBe(expected(from));
    };
    await openDays(page).first().waitFor();
    const today = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Paris" }).format();
    await tabTo(page, '[role="grid"] [data-date]');
    // The page takes keys once it is alive: the first press that moves the focus says so.
    await expect
      .poll(async () => {
        const from = await current();
        await page.keyboard.press("ArrowRight");
        const to = await current();
        return to !== null && to !== from;
      })
      .toBe(true);
    await press("PageDown", (from) => sameDay(from, 1));
    await press("ArrowRight", (from) => plusDays(from, 1));
    await press("ArrowDown", (from) => plusDays(from, 7));
    await press("Home", (from) => plusDays(from, 1 - (weekday(from) || 7)));
    await press("End", (from) => plusDays(from, 7 - (weekday(from) || 7)));
    await press("PageUp", (from) => latest(sameDay(from, -1), today));
    await press("PageDown", (from) => sameDay(from, 1));
    // The month's slots may still be on their way.
    await openDays(page).first().waitFor();
    const isOpen = () =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-disabled") === "false");
    while (!(await isOpen())) await press("ArrowRight", (from) => plusDays(from, 1));
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("slots-heading");
    expect(await page.locator("[data-slots-said]").textContent()).toMatch(/\d+ slots?/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("[data-countdown]").waitFor();
    await tabTo(page, 'input[name="name"]');
    await page.keyboard.type("Kay Board");
    await page.keyboard.press("Tab");
    await page.keyboard.type("kay@example.org");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.context().close();
  });
});

describe.each(["light", "dark"] as const)("axe finds nothing in the %s theme", (colorScheme) => {
  it("in any state of booking", async () => {
    const page = await open("/fr/book/ct-reseau-sud", { colorScheme, reducedMotion: "reduce" });
    expect(await violations(page), "sites").toEqual([]);
    await page.goto("/fr/book/claire-martin");
    expect(await violations(page), "services").toEqual([]);
    await page.goto("/fr/book/claire-martin?service=estimation");
    await freeSlots(page).first().waitFor();
    expect(await violations(page), "time").toEqual([]);
    await hold(page, freeSlots(page).first());
    await page.locator('button[type="submit"]').click();
    await page.getByText("Indiquez votre nom.").waitFor();
    expect(await violations(page), "details with errors").toEqual([]);
    const token = await confirm(page, { name: "Axe", email: `axe-${colorScheme}@example.org` });
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await violations(page), "confirmation").toEqual([]);
    await page.goto(`/fr/manage/${token}?do=move`);
    await openDays(page).first().waitFor();
    expect(await violations(page), "move").toEqual([]);
    await page.goto(`/fr/manage/${token}?do=cancel`);
    expect(await violations(page), "cancel").toEqual([]);
    await page.goto("/fr/book/nobody-at-all");
    await page.getByRole("heading", { name: "Aucune page à cette adresse" }).waitFor();
    expect(await violations(page), "unknown").toEqual([]);
    await page.context().close();
  });
});
