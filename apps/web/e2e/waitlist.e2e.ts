import { openDatabase } from "@creneau/db/database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { openBooking } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { mutate, query, signIn } from "./staff.ts";
import { mailedLink } from "./team.ts";

const zone = "Europe/Paris";
const dayMs = 86_400_000;

let journey: Journey;
let product: Product;
let browser: Browser;
let staff: Page;
/** A Thursday on which the doctor works for one hour only; all other days are off. */
const day = thursdayAfter(7);

interface Booked {
  id: string;
  version: number;
  startsAt: string;
  endsAt: string;
  clientName: string | null;
  status: string;
}

let taken: Booked;

function thursdayAfter(days: number): string {
  const date = new Date(Date.now() + days * dayMs);
  date.setUTCDate(date.getUTCDate() + ((4 - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}

/** The instant of a full hour on the clocks of the zone. */
function at(date: string, hour: number): string {
  const guess = Date.parse(`${date}T${String(hour).padStart(2, "0")}:00:00Z`);
  const shown = new Intl.DateTimeFormat("en", { timeZone: zone, hour: "numeric", hourCycle: "h23" });
  const offset = (Number(shown.format(guess)) - hour + 24) % 24;
  return new Date(guess - offset * 3_600_000).toISOString();
}

const later = (instant: string, days: number) => new Date(Date.parse(instant) + days * dayMs).toISOString();

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

/** What the demo's mailbox says of the mails to an address: subject and all. */
async function mailsTo(page: Page, email: string): Promise<string> {
  const list = await (await page.request.get("/demo/mailbox")).text();
  return [...list.matchAll(/<a href="\/demo\/mailbox\/\d+">([^<]*)<\/a><br><small>([^<]*)/g)]
    .filter(([, , to]) => to?.includes(email))
    .map(([, subject]) => subject)
    .join("\n");
}

/** Offers wait until a cancellation can no longer be undone: here that is a moment. */
async function shortenUndo(adminUrl: string): Promise<void> {
  const rows = openDatabase({ url: adminUrl });
  const client = await rows.pool.connect();
  await client.query("BEGIN");
  await client.query(
    "SELECT set_config('app.organization_id', (SELECT organization_id::text FROM resolve_public_name('dr-leroy')), true)",
  );
  const { rowCount } = await client.query("UPDATE organization SET undo_seconds = 0");
  await client.query("COMMIT");
  client.release();
  await rows.close();
  expect(rowCount).toBe(1);
}

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  await shortenUndo(journey.database.adminUrl);
  staff = await signIn(browser, { url: product.url, email: "leroy@dubois.demo" });
  const { items } = await query<{ items: { id: string; name: string; siteIds: string[] }[] }>(
    staff,
    "directory.providers.list",
    {},
  );
  const doctor = items.find(({ name }) => name === "Dr Marc Leroy");
  if (!doctor) throw new Error("the demo has no Dr Leroy");
  const off = { providerId: doctor.id, reason: "Congrès" };
  await mutate(staff, "availability.addTimeOff", {
    ...off,
    startsAt: new Date().toISOString(),
    endsAt: at(day, 0),
  });
  await mutate(staff, "availability.addTimeOff", {
    ...off,
    startsAt: later(at(day, 0), 1),
    endsAt: later(at(day, 0), 100),
  });
  const windows = [{ startMinute: 600, endMinute: 660 }];
  await mutate(staff, "availability.addException", { providerId: doctor.id, date: day, windows });
  const others = await query<{ items: Booked[] }>(staff, "appointments.list", {
    from: at(day, 0),
    to: later(at(day, 0), 1),
    providerIds: [doctor.id],
    statuses: ["pending", "confirmed"],
  });
  for (const { id, version } of others.items)
    await mutate(staff, "appointments.cancel", { id, version, notify: false });
  const { appointment } = await mutate<{ appointment: Booked }>(staff, "appointments.create", {
    providerId: doctor.id,
    startsAt: at(day, 10),
    endsAt: at(day, 11),
    title: "Visite de contrôle",
    notify: false,
  });
  taken = appointment;
});

afterAll(() => endJourney(journey));

describe("somebody whom no time suits", () => {
  const email = "awa.diallo@example.org";
  let page: Page;
  let link = "";

  it("asks to be told, with the keyboard alone, where nothing is free", async () => {
    page = await openBooking(browser, {
      url: product.url,
      path: `/fr/book/dr-leroy?service=suivi&month=${day.slice(0, 7)}`,
      viewport: { width: 360, height: 740 },
      reducedMotion: "reduce",
    });
    await page.locator("[data-wait]").waitFor();
    expect(await violationsInBothThemes(page), "nothing free").toEqual([]);
    await tabTo(page, "[data-wait]");
    await page.keyboard.press("Enter");
    await page.locator("[data-join]").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("step-title");
    await tabTo(page, 'input[name="part"]');
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator('input[value="morning"]').isChecked()).toBe(true);
    await tabTo(page, 'input[name="name"]');
    await page.keyboard.press("Enter");
    await page.getByText("Indiquez votre e-mail").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("name");
    expect(await violationsInBothThemes(page), "form with errors").toEqual([]);
    await page.keyboard.type("Awa Diallo");
    await page.keyboard.press("Tab");
    await page.keyboard.type(email);
    await page.keyboard.press("Enter");
    await page.getByText("C’est noté, vous êtes sur la liste").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violationsInBothThemes(page), "joined").toEqual([]);
    await tabTo(page, 'a[href*="/waitlist/"]');
    await page.keyboard.press("Enter");
    await page.getByText("Vous êtes sur la liste d’attente").waitFor();
    await page.getByText("Matin").waitFor();
    expect(await violationsInBothThemes(page), "waiting").toEqual([]);
    link = await mailedLink(page, { email, part: "/waitlist/" });
    expect(new URL(link).pathname).toBe(new URL(page.url()).pathname);
  });

  it("is seen by staff as waiting, and nothing is on offer before a time comes free", async () => {
    await staff.goto("/fr/dashboard/waitlist");
    const row = staff.getByRole("row", { name: /Awa Diallo/ });
    await row.getByText("En attente").waitFor();
    await row.getByText("Dr Marc Leroy").waitFor();
    expect(await violationsInBothThemes(staff), "staff").toEqual([]);
    expect(await mailsTo(page, email)).not.toContain("libérée");
  });

  it("is written to when one does, and opening the link takes nothing", async () => {
    await mutate(staff, "appointments.cancel", { id: taken.id, version: taken.version, notify: false });
    // The time for an undo passes first.
    await expect.poll(() => mailsTo(page, email), { timeout: 40_000, interval: 250 }).toContain("libérée");
    // The page that was left open learns of it as soon as somebody looks at it.
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.getByText("Une place s’est libérée pour vous").first().waitFor();
    await page.goto(await mailedLink(page, { email, part: "/waitlist/" }));
    const time = page.locator("[data-offer] time");
    expect(await time.getAttribute("datetime")).toBe(at(day, 10));
    expect(await violationsInBothThemes(page), "offered").toEqual([]);
    await page.reload();
    await time.waitFor();
    await staff.goto("/fr/dashboard/waitlist");
    await staff
      .getByRole("row", { name: /Awa Diallo/ })
      .getByText("Proposé", { exact: true })
      .waitFor();
  });

  it("accepts, and has the appointment", async () => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await tabTo(page, "[data-offer] button");
    await page.route("**/waitlist.accept", (route) => route.abort("connectionreset"));
    await page.keyboard.press("Enter");
    await expect.poll(focused).toMatch(/^Pas de réponse du serveur/);
    await page.unroute("**/waitlist.accept");
    await tabTo(page, "[data-offer] button");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "C’est réservé" }).waitFor();
    await expect.poll(focused).toBe("C’est réservé");
    await page.goto(link);
    await page.getByText("Votre place est réservée").waitFor();
    expect(await violationsInBothThemes(page), "booked").toEqual([]);
    await page.getByRole("link", { name: "Voir le rendez-vous" }).click();
    await page.getByText("Rendez-vous confirmé").waitFor();
    const { items } = await query<{ items: Booked[] }>(staff, "appointments.list", {
      from: at(day, 9),
      to: at(day, 12),
      statuses: ["confirmed"],
    });
    expect(items.filter(({ startsAt }) => startsAt === at(day, 10)).map((each) => each.clientName)).toEqual([
      "Awa Diallo",
    ]);
    await staff.goto("/fr/dashboard/waitlist?ended=1");
    await staff
      .getByRole("row", { name: /Awa Diallo/ })
      .getByText("Réservé", { exact: true })
      .waitFor();
    await page.context().close();
  });
});

describe("whoever waits no longer", () => {
  /** On the list for a night, when nobody works. */
  async function waits(page: Page, name: string): Promise<string> {
    const { waitlistToken } = await mutate<{ waitlistToken: string }>(page, "waitlist.join", {
      username: "dr-leroy",
      serviceSlug: "suivi",
      fromDate: day,
      toDate: day,
      startMinute: 0,
      endMinute: 120,
      client: { name, email: `${name.toLowerCase()}@example.org` },
    });
    return waitlistToken;
  }

  it("leaves after a question, which may be answered no", async () => {
    const page = await openBooking(browser, { url: product.url, path: "/fr" });
    const response = await page.goto(`/fr/waitlist/${await waits(page, "Karim")}`);
    expect(response?.status()).toBe(200);
    await page.getByText("Entre 00:00 et 02:00").waitFor();
    const leave = page.getByRole("button", { name: "Ne plus attendre" });
    const yes = page.getByRole("button", { name: "Oui, quitter la liste" });
    await expect
      .poll(async () => {
        if (!(await yes.isVisible())) await leave.click();
        return yes.isVisible();
      })
      .toBe(true);
    expect(await violationsInBothThemes(page), "question").toEqual([]);
    await page.getByRole("button", { name: "Non, rester" }).click();
    await page.getByText("Rien n’a changé").waitFor();
    await leave.click();
    await yes.click();
    await page.getByText("Cette demande est terminée").waitFor();
    await page.reload();
    await page.getByText("Cette demande est terminée").waitFor();
    expect(await violationsInBothThemes(page), "ended").toEqual([]);
    expect((await page.goto("/fr/waitlist/nobodys"))?.status()).toBe(404);
    await page.getByRole("heading", { name: "Ce lien n’ouvre rien" }).waitFor();
    await page.context().close();
  });

  it("is taken off by staff, who are asked first", async () => {
    await waits(staff, "Zineb");
    await staff.goto("/fr/dashboard/waitlist");
    await staff.getByRole("button", { name: "Retirer Zineb de la liste" }).click();
    const dialog = staff.getByRole("dialog");
    await dialog.getByRole("button", { name: "Retirer de la liste" }).click();
    await staff.getByText("Zineb n’est plus sur la liste d’attente").waitFor();
    await staff.getByText("Personne n’attend").waitFor();
  });
});
