import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, carryTo, dragTo, openView, pointOf, press, resizeBy } from "./calendar-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { book, minuteOf, openHours, quietDay, stored, storedPlace } from "./quiet-week.ts";
import { query, signIn } from "./staff.ts";

const limit = { timeout: 4_000, interval: 50 };

let journey: Journey;
let product: Product;
let browser: Browser;
let manager: Page;
let secretary: Page;
let providers: string[];
let doctors: string[];
let rooms: { id: string; siteId: string }[];

async function ids(page: Page, kind: "providers" | "rooms", siteId?: string) {
  const input = siteId ? { siteIds: [siteId] } : {};
  return (await query<{ items: { id: string; siteId: string }[] }>(page, `directory.${kind}.list`, input))
    .items;
}

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [manager, secretary] = await Promise.all([
    signIn(browser, { url: product.url, email: "centre@ct.demo" }),
    signIn(browser, { url: product.url, email: "secretariat@dubois.demo" }),
  ]);
  providers = (await ids(manager, "providers")).slice(0, 2).map(({ id }) => id);
  doctors = (await ids(secretary, "providers")).map(({ id }) => id);
  rooms = await ids(secretary, "rooms");
  await openHours(manager, providers);
});

afterAll(() => endJourney(journey));

const first = () => providers[0] ?? "";
const second = () => providers[1] ?? "";

describe("an appointment dragged by hand", () => {
  it("goes to another day", async () => {
    const { id } = await book(manager, {
      providerId: first(),
      date: quietDay(0),
      time: "10:00",
      title: "Jour",
    });
    await openView(manager, `week&provider=${first()}`, quietDay(0));
    await card(manager, id).waitFor();
    await dragTo(manager, { id, date: quietDay(2), minute: minuteOf("11:00") });
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${quietDay(2)} 11:00–11:30`);
  });

  it("goes to another provider", async () => {
    const { id } = await book(manager, {
      providerId: first(),
      date: quietDay(1),
      time: "10:00",
      title: "Praticien",
    });
    await openView(manager, "columns", quietDay(1));
    await card(manager, id).waitFor();
    await dragTo(manager, { id, date: quietDay(1), resourceId: second(), minute: minuteOf("10:00") });
    await manager.getByText(/Confié à .+, 10:00/).waitFor();
    expect((await stored(manager, id)).providerId).toBe(second());
  });

  it("goes to another day and provider at once in the team's week", async () => {
    const { id } = await book(manager, {
      providerId: first(),
      date: quietDay(0),
      time: "14:00",
      title: "Équipe",
    });
    await openView(manager, `team&provider=${first()}&provider=${second()}`, quietDay(0));
    await card(manager, id).waitFor();
    await dragTo(manager, { id, date: quietDay(1), resourceId: second(), minute: minuteOf("15:00") });
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${quietDay(1)} 15:00–15:30`);
    expect((await stored(manager, id)).providerId).toBe(second());
  });

  it("goes to another room", async () => {
    const [from, to] = rooms.map(({ id }) => id);
    const date = quietDay(0);
    const open = await query<{ items: { intervals: { startsAt: string }[] }[] }>(
      secretary,
      "availability.open",
      {
        from: `${date}T00:00:00Z`,
        to: `${date}T23:00:00Z`,
        providerIds: doctors.slice(0, 1),
      },
    );
    expect(open.items[0]?.intervals.length).toBeGreaterThan(0);
    const { id } = await book(secretary, {
      providerId: doctors[0] ?? "",
      date,
      time: "10:00",
      title: "Salle",
      roomId: from ?? "",
    });
    await openView(secretary, "rooms", date);
    await card(secretary, id).waitFor();
    await dragTo(secretary, { id, date, resourceId: to ?? "", minute: minuteOf("10:00") });
    await secretary.getByText(/Déplacé en .+, 10:00/).waitFor();
    expect((await stored(secretary, id)).roomId).toBe(to);
  });

  it("gets longer by its edge", async () => {
    const { id } = await book(manager, {
      providerId: first(),
      date: quietDay(3),
      time: "10:00",
      title: "Durée",
    });
    await openView(manager, "columns", quietDay(3));
    await card(manager, id).waitFor();
    await resizeBy(manager, { id, minutes: 30 });
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${quietDay(3)} 10:00–11:00`);
  });

  it("lights what is free, tells why a place is not, and goes back on Escape", async () => {
    const date = quietDay(3);
    const { id } = await book(manager, { providerId: first(), date, time: "13:00", title: "Échappe" });
    await book(manager, { providerId: first(), date, time: "15:00", title: "Obstacle" });
    await openView(manager, "columns", date);
    await card(manager, id).waitFor();
    await carryTo(manager, { id, date, resourceId: first(), minute: minuteOf("15:00") });
    await manager
      .locator('[data-drag-hint="refused"]', { hasText: "Déjà pris : Obstacle (15:00–15:30)" })
      .waitFor();
    expect(await manager.locator(".free-ranges > div").count()).toBeGreaterThan(0);
    expect(await manager.locator(".event-card.is-refused").count()).toBe(1);
    await manager.keyboard.press("Escape");
    await manager.mouse.up();
    expect(await manager.locator(".free-ranges").count()).toBe(0);
    expect(await storedPlace(manager, id)).toBe(`${date} 13:00–13:30`);
    expect(await manager.getByRole("dialog").count()).toBe(0);
  });

  it("is judged and lit in a week of days as well as in columns", async () => {
    const date = quietDay(3);
    const { id } = await book(manager, { providerId: first(), date, time: "16:00", title: "Semaine" });
    await openView(manager, `week&provider=${first()}`, date);
    await card(manager, id).waitFor();
    const taken = '[data-drag-hint="refused"]';
    await carryTo(manager, { id, date, minute: minuteOf("15:00") });
    await manager.locator(taken, { hasText: "Déjà pris : Obstacle (15:00–15:30)" }).waitFor();
    expect(await manager.locator(".free-ranges > div").count()).toBeGreaterThan(0);
    const free = await pointOf(manager, { date: quietDay(4), minute: minuteOf("16:05") });
    await manager.mouse.move(free.x, free.y, { steps: 4 });
    await manager.locator('[data-drag-hint="free"]').waitFor();
    await manager.keyboard.press("Escape");
    await manager.mouse.up();
    expect(await storedPlace(manager, id)).toBe(`${date} 16:00–16:30`);
  });

  it("snaps back with the reason, and stays where it was put when it is forced", async () => {
    const date = quietDay(4);
    const taken = await book(manager, { providerId: first(), date, time: "10:00", title: "Déjà là" });
    const { id } = await book(manager, { providerId: first(), date, time: "14:00", title: "Forcé" });
    await openView(manager, "columns", date);
    await card(manager, id).waitFor();
    await dragTo(manager, { id, date, resourceId: first(), minute: minuteOf("10:00") });
    await manager.getByText("Ce créneau est déjà pris").waitFor();
    await manager
      .getByText(/, .* 10:00 · Déjà pris \(10:00–10:30\)|^[^,]* 10:00 · Déjà pris \(10:00–10:30\)/)
      .waitFor();
    expect(await card(manager, id).textContent()).toContain("de 14:00 à");
    await manager.getByRole("button", { name: "Forcer" }).click();
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${date} 10:00–10:30`);
    expect((await stored(manager, id)).lane).not.toBe((await stored(manager, taken.id)).lane);
  });

  it("is put down under a notice that lies over the grid", async () => {
    const date = quietDay(4);
    const { id } = await book(manager, { providerId: second(), date, time: "09:00", title: "Dessous" });
    const before = await book(manager, { providerId: second(), date, time: "11:00", title: "Avant" });
    await openView(manager, `week&provider=${second()}`, date);
    await card(manager, id).waitFor();
    await dragTo(manager, { id: before.id, date, minute: minuteOf("11:30") });
    const notice = manager.locator("[data-sonner-toast]", { hasText: "Déplacé à 11:30" });
    await notice.waitFor();
    const over = await notice.boundingBox();
    const from = await card(manager, id).boundingBox();
    if (!over || !from) throw new Error("the notice or the appointment is not on screen");
    const sent = manager.waitForRequest((request) => request.url().includes("appointments.move"));
    await press(
      manager,
      { x: from.x + from.width / 2, y: from.y + 5 },
      { x: over.x + over.width / 2, y: over.y + over.height / 2 },
    );
    await manager.locator("[data-drag-hint]").waitFor();
    await manager.mouse.up();
    await sent;
  });

  it("is kept without a word to the client by one click", async () => {
    const date = quietDay(4);
    const { id, version } = await book(manager, {
      providerId: second(),
      date,
      time: "10:00",
      title: "Discret",
    });
    await openView(manager, "columns", date);
    await card(manager, id).waitFor();
    await dragTo(manager, { id, date, resourceId: second(), minute: minuteOf("12:00") });
    await manager.getByRole("button", { name: "Ne pas prévenir" }).click();
    await manager.getByText("Sans prévenir le client").waitFor();
    expect(await storedPlace(manager, id)).toBe(`${date} 12:00–12:30`);
    // Moved, taken back, and moved again without a notice.
    expect((await stored(manager, id)).version).toBe(version + 3);
  });
});

describe("empty time marked by hand", () => {
  it("becomes an appointment for somebody known by a phone number alone", async () => {
    const date = quietDay(2);
    await openView(manager, "columns", date);
    const place = { date, resourceId: second() };
    await press(
      manager,
      await pointOf(manager, { ...place, minute: minuteOf("14:02") }),
      await pointOf(manager, { ...place, minute: minuteOf("14:58") }),
    );
    await manager.mouse.up();
    const panel = manager.getByRole("dialog", { name: "Nouveau rendez-vous" });
    await panel.getByRole("combobox", { name: "Client" }).fill("06 11 22 33 44");
    await panel.getByRole("option", { name: /Nouveau client/ }).click();
    expect(await panel.getByLabel("Début").inputValue()).toBe("14:00");
    expect(await panel.getByLabel("Fin").inputValue()).toBe("15:00");
    await panel.getByLabel("Type de rendez-vous").selectOption("");
    await panel.getByRole("button", { name: "Créer le rendez-vous" }).click();
    await manager.getByText("Rendez-vous créé").waitFor();
    await manager.locator(".fc-timegrid-event", { hasText: "06 11 22 33 44" }).waitFor();
  });

  it("tells a phone that is none at its field, of the client and of who is invited, and books once both are mended", async () => {
    const date = quietDay(2);
    await openView(manager, "columns", date);
    const place = { date, resourceId: second() };
    await press(
      manager,
      await pointOf(manager, { ...place, minute: minuteOf("15:32") }),
      await pointOf(manager, { ...place, minute: minuteOf("15:58") }),
    );
    await manager.mouse.up();
    const panel = manager.getByRole("dialog", { name: "Nouveau rendez-vous" });
    await panel.getByRole("combobox", { name: "Client" }).fill("06 1234");
    await panel.getByRole("option", { name: /Nouveau client/ }).click();
    await panel.getByLabel("Type de rendez-vous").selectOption("");
    await panel.getByRole("button", { name: "Inviter quelqu’un" }).click();
    const attendee = panel.getByRole("group", { name: "Participant 1" });
    await attendee.getByLabel("Nom").fill("Léa Invitée");
    await attendee.getByLabel("Téléphone").fill("12 34");
    const create = panel.getByRole("button", { name: "Créer le rendez-vous" });
    const client = panel.getByRole("group", { name: "Nouveau client" });
    for (const { of, mended } of [
      { of: client, mended: "06 12 34 56 78" },
      { of: attendee, mended: "06 87 65 43 21" },
    ]) {
      await create.click();
      const phone = of.getByLabel("Téléphone");
      // Beside the field, which takes the focus; the other phone is not blamed, and nothing is said of the whole.
      await of.getByRole("alert").waitFor();
      await expect.poll(() => phone.evaluate((field) => field === document.activeElement), limit).toBe(true);
      expect(await phone.getAttribute("aria-invalid")).toBe("true");
      expect(await panel.getByRole("alert").count()).toBe(1);
      await phone.fill(mended);
      expect(await phone.getAttribute("aria-invalid")).toBeNull();
    }
    await create.click();
    await panel.waitFor({ state: "detached" });
    await manager.locator(".fc-timegrid-event", { hasText: "06 12 34 56 78" }).waitFor();
  });

  it("is blocked, shown, and freed again", async () => {
    const date = quietDay(2);
    await openView(manager, "columns", date);
    const place = { date, resourceId: second() };
    const middle = await pointOf(manager, { ...place, minute: minuteOf("10:30") });
    await press(manager, await pointOf(manager, { ...place, minute: minuteOf("10:02") }), {
      ...middle,
      y: (await pointOf(manager, { ...place, minute: minuteOf("10:58") })).y,
    });
    await manager.mouse.up();
    const panel = manager.getByRole("dialog", { name: "Nouveau rendez-vous" });
    await panel.getByRole("radio", { name: "Bloquer" }).click();
    await panel.getByLabel("Motif").fill("Formation");
    await panel.getByRole("button", { name: "Bloquer ce temps" }).click();
    const blocked = manager.locator(".fc-bg-event.is-time-off", { hasText: "Formation" });
    await blocked.waitFor();
    await manager.mouse.click(middle.x, middle.y);
    await panel.getByRole("button", { name: "Libérer" }).click();
    await blocked.waitFor({ state: "detached" });
  });
});

describe("the printed sheet", () => {
  it("stands in for the grid, with every appointment of the day", async () => {
    const date = quietDay(4);
    await book(manager, { providerId: second(), date, time: "16:00", title: "À imprimer" });
    await openView(manager, "columns", date);
    await manager.emulateMedia({ media: "print" });
    // Its code comes after the page: what asks for it is that there is something to print.
    const sheet = manager.locator(".day-sheet");
    await sheet.getByRole("row", { name: /16:00–16:30 À imprimer/ }).waitFor();
    expect(await manager.locator(".fc-view").isVisible()).toBe(false);
    await manager.emulateMedia({ media: null });
    await manager.locator(".fc-view").waitFor();
    expect(await sheet.isVisible()).toBe(false);
  });
});

describe("with the keyboard alone", () => {
  it("an appointment is created, moved, cut and placed, and cancelled", async () => {
    const date = quietDay(2);
    await openView(manager, `columns&provider=${first()}&provider=${second()}`, date);
    await manager.locator(".fc-timegrid-col").first().waitFor();
    const say = manager.locator("[data-live-region]");
    await manager.keyboard.press("ArrowDown");
    await expect.poll(() => say.textContent(), limit).toMatch(/09:00.*Libre/);
    await manager.keyboard.press("ArrowDown");
    await manager.keyboard.press("Enter");
    await manager.getByRole("dialog", { name: "Nouveau rendez-vous" }).waitFor();
    await manager.getByRole("combobox", { name: "Client" }).waitFor();
    await expect
      .poll(() => manager.evaluate(() => document.activeElement?.getAttribute("role")), limit)
      .toBe("combobox");
    await manager.keyboard.type("Clavier Seul");
    await manager.getByRole("option", { name: /Nouveau client/ }).waitFor();
    // The last option adds what is not found.
    await manager.keyboard.press("ArrowUp");
    await manager.keyboard.press("Enter");
    await manager.getByLabel("Téléphone").waitFor();
    await manager.keyboard.type("0655443322");
    await manager.keyboard.press("Enter");
    const made = manager.locator(".fc-timegrid-event", { hasText: "Clavier Seul" });
    await made.waitFor();
    const id = (await made.getAttribute("data-appointment-id")) ?? "";
    expect(await storedPlace(manager, id)).toContain(`${date} 09:15`);
    await expect
      .poll(() => manager.evaluate(() => document.activeElement?.getAttribute("data-appointment-id")), limit)
      .toBe(id);

    await manager.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => storedPlace(manager, id), limit).toContain(`${date} 09:30`);
    await manager.keyboard.press("Alt+ArrowRight");
    await expect.poll(async () => (await stored(manager, id)).providerId, limit).toBe(second());
    const { endsAt } = await stored(manager, id);
    await expect
      .poll(() => manager.evaluate(() => document.activeElement?.getAttribute("data-appointment-id")), limit)
      .toBe(id);
    await manager.keyboard.press("Alt+Shift+ArrowDown");
    await expect
      .poll(async () => Date.parse((await stored(manager, id)).endsAt), limit)
      .toBe(Date.parse(endsAt) + 900_000);

    await manager.keyboard.press("x");
    await manager.keyboard.press("ArrowLeft");
    await expect.poll(() => say.textContent(), limit).toMatch(/09:30.*Libre/);
    await manager.keyboard.press("ArrowDown");
    await expect.poll(() => say.textContent(), limit).toMatch(/09:45/);
    await manager.keyboard.press("v");
    await expect.poll(async () => (await stored(manager, id)).providerId, limit).toBe(first());
    expect(await storedPlace(manager, id)).toContain(`${date} 09:45`);

    await card(manager, id).focus();
    await manager.keyboard.press("Delete");
    await card(manager, id).waitFor({ state: "detached" });
    // The screen does not wait for the server.
    await expect.poll(async () => (await stored(manager, id)).status, limit).toBe("cancelled");
    await manager.keyboard.press("Control+z");
    await card(manager, id).waitFor();
  });

  it("keys pressed without a pause all count, over the edge of the shown week too", async () => {
    const date = quietDay(0);
    const { id } = await book(manager, { providerId: first(), date, time: "16:00", title: "Vite" });
    await openView(manager, `week&provider=${first()}`, date);
    await card(manager, id).focus();
    for (const key of ["x", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp"])
      await manager.keyboard.press(key);
    await manager.keyboard.press("v");
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${quietDay(1)} 16:15–16:45`);
  });

  it("keys pressed before the answer to the one before start from where that one leads", async () => {
    const date = quietDay(1);
    const { id } = await book(manager, { providerId: second(), date, time: "12:00", title: "Enchaîné" });
    await openView(manager, `columns&provider=${first()}&provider=${second()}`, date);
    const say = manager.locator("[data-live-region]");
    await card(manager, id).focus();
    for (const key of ["Alt+ArrowDown", "Alt+Shift+ArrowDown", "x", "ArrowLeft", "ArrowDown"])
      await manager.keyboard.press(key);
    // No answer to an earlier key talks over the last one, or takes the focus from it.
    await expect.poll(() => say.textContent(), limit).toMatch(/12:30.*Libre/);
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${date} 12:15–13:00`);
    expect((await stored(manager, id)).providerId).toBe(second());
    for (const key of ["v", "Alt+ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp"])
      await manager.keyboard.press(key);
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${date} 12:45–13:30`);
    expect((await stored(manager, id)).providerId).toBe(first());
    await expect.poll(() => say.textContent(), limit).toMatch(/12:15/);
  });

  it("arrows lead on from the appointment that has the focus, and a step out of the shown day takes the day along", async () => {
    const date = quietDay(3);
    const { id } = await book(manager, { providerId: second(), date, time: "11:00", title: "Lendemain" });
    await openView(manager, `columns&provider=${first()}&provider=${second()}`, date);
    await card(manager, id).focus();
    await manager.keyboard.press("ArrowDown");
    await expect.poll(() => manager.locator("[data-live-region]").textContent(), limit).toMatch(/11:15/);
    await card(manager, id).focus();
    await manager.keyboard.press("Alt+Shift+ArrowRight");
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${quietDay(4)} 11:00–11:30`);
    await expect.poll(() => manager.url(), limit).toContain(`date=${quietDay(4)}`);
    await expect
      .poll(() => manager.evaluate(() => document.activeElement?.getAttribute("data-appointment-id")), limit)
      .toBe(id);
  });

  it("goes to a date, changes the view and finds an appointment", async () => {
    await openView(manager, "week", quietDay(0));
    await manager.keyboard.press("g");
    await manager.locator(`[data-date="${quietDay(0)}"][aria-pressed="true"]`).waitFor();
    await manager.keyboard.press("ArrowRight");
    await manager.keyboard.press("Enter");
    await expect.poll(() => manager.url(), limit).toContain(`date=${quietDay(1)}`);
    await manager.keyboard.press("d");
    await expect.poll(() => manager.url(), limit).toContain("view=day");
    await manager.keyboard.press("/");
    await manager.getByRole("combobox", { name: "Chercher un rendez-vous" }).waitFor();
    await manager.keyboard.type("Obstacle");
    await manager.getByRole("option", { name: /Obstacle/ }).waitFor();
    await manager.keyboard.press("Enter");
    await manager.getByRole("dialog", { name: "Obstacle" }).waitFor();
    expect(manager.url()).toContain(`date=${quietDay(3)}`);
  });
});
