import type { Browser, CDPSession, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, openView, pointOf } from "./calendar-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { at, book, minuteOf, openHours, quietDay, stored, storedPlace } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";

/** The promise is a second; the rest is a slow machine's share. */
const limit = { timeout: 3_000, interval: 50 };

let journey: Journey;
let product: Product;
let browser: Browser;
let manager: Page;
let colleague: Page;
let providerId: string;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [manager, colleague] = await Promise.all([
    signIn(browser, { url: product.url, email: "centre@ct.demo" }),
    signIn(browser, { url: product.url, email: "appel@ct.demo" }),
  ]);
  const providers = await query<{ items: { id: string }[] }>(manager, "directory.providers.list", {});
  providerId = providers.items[0]?.id ?? "";
  await openHours(manager, [providerId]);
});

afterAll(() => endJourney(journey));

const view = () => `columns&provider=${providerId}`;

describe("two people on one appointment", () => {
  it("are warned of each other, keep what they type, and see what the other has changed", async () => {
    const date = quietDay(0);
    const { id } = await book(manager, { providerId, date, time: "10:00", title: "À deux" });
    for (const page of [manager, colleague]) {
      await openView(page, view(), date);
      await card(page, id).waitFor();
    }
    await card(manager, id).click();
    await card(colleague, id).click();
    await manager.getByText("a aussi ouvert ce rendez-vous").waitFor({ timeout: limit.timeout });
    await colleague.getByText("a aussi ouvert ce rendez-vous").waitFor({ timeout: limit.timeout });

    await colleague.getByRole("button", { name: "Modifier" }).click();
    await colleague.getByLabel("Objet").fill("Ce que je tape");
    await manager.getByRole("button", { name: "Modifier" }).click();
    await manager.getByLabel("Objet").fill("Passé avant");
    await manager.getByRole("button", { name: "Enregistrer" }).click();
    await colleague
      .getByText("Quelqu’un vient de modifier ce rendez-vous.")
      .waitFor({ timeout: limit.timeout });
    await colleague.getByText("Passé avant").first().waitFor();
    expect(await colleague.getByLabel("Objet").inputValue()).toBe("Ce que je tape");
    await colleague.getByRole("button", { name: "Enregistrer quand même" }).click();
    await expect.poll(async () => (await stored(manager, id)).title, limit).toBe("Ce que je tape");

    await colleague.keyboard.press("Escape");
    await manager
      .getByText("a aussi ouvert ce rendez-vous")
      .waitFor({ state: "detached", timeout: limit.timeout });
  });
});

describe("a name that somebody else changes", () => {
  it("shows in an open calendar, and what shows no change is not drawn anew", async () => {
    const date = quietDay(2);
    const client = await mutate<{ id: string }>(manager, "directory.clients.create", { name: "Nom d’Avant" });
    const { appointment } = await mutate<{ appointment: { id: string } }>(manager, "appointments.create", {
      providerId,
      clientId: client.id,
      startsAt: at(date, "16:00"),
      endsAt: at(date, "16:30"),
      notify: false,
    });
    const { items } = await query<{ items: { id: string; name: string; skills: string[] }[] }>(
      manager,
      "directory.providers.list",
      { ids: [providerId] },
    );
    const name = items[0]?.name ?? "";
    // What the calendar reads as it opens has been read, and read again once its line told that it begins.
    const reads = (page: Page) =>
      page.waitForResponse((response) => response.url().includes("directory.providers.list"));
    const settled = reads(colleague);
    await openView(colleague, "columns", date);
    await card(colleague, appointment.id).waitFor();
    await settled;
    const heading = colleague.locator(".fc-col-header-cell", { hasText: name });
    await heading.waitFor();

    await colleague.evaluate((id) => {
      const drawn = document.querySelector(`[data-appointment-id="${id}"]`);
      const seen = new MutationObserver((changes) => {
        document.body.dataset.drawn = String(Number(document.body.dataset.drawn ?? 0) + changes.length);
      });
      if (drawn)
        seen.observe(drawn, { childList: true, subtree: true, attributes: true, characterData: true });
    }, appointment.id);
    const drawn = () => colleague.evaluate(() => document.body.dataset.drawn);
    const read = reads(colleague);
    await mutate(manager, "directory.providers.update", { id: providerId, dailyLimit: 60 });
    await read;
    expect(await drawn()).toBeUndefined();

    await mutate(manager, "directory.providers.update", { id: providerId, name: "Nouveau Nom" });
    await mutate(manager, "directory.clients.update", { id: client.id, name: "Nom d’Après" });
    // A calendar that has just asked waits some seconds before it asks again.
    const after = { timeout: 9_000 };
    await colleague.locator(".fc-col-header-cell", { hasText: "Nouveau Nom" }).waitFor(after);
    await card(colleague, appointment.id).filter({ hasText: "Nom d’Après" }).waitFor(after);
    expect(Number(await drawn())).toBeGreaterThan(0);
    await mutate(manager, "directory.providers.update", { id: providerId, name });
  });
});

describe("a socket that is cut", () => {
  it("is told, polled around, and misses nothing when it is back", async () => {
    const date = quietDay(1);
    const { id, version } = await book(manager, { providerId, date, time: "10:00", title: "Coupé" });
    let isCut = false;
    const open = new Set<WebSocketRoute>();
    await colleague.routeWebSocket(/\/api\/trpc/, (socket) => {
      if (isCut) return void socket.close({ code: 1013 });
      open.add(socket);
      const server = socket.connectToServer();
      server.onClose(() => open.delete(socket));
    });
    await openView(colleague, view(), date);
    await card(colleague, id).waitFor();

    isCut = true;
    for (const socket of open) await socket.close({ code: 1012 });
    await colleague.getByText("Connexion en direct interrompue").waitFor({ timeout: 6_000 });
    const move = (time: string, from: number) =>
      mutate<{ appointment: { version: number } }>(manager, "appointments.move", {
        id,
        version: from,
        startsAt: at(date, time),
        endsAt: at(date, `${time.slice(0, 3)}30`),
      });
    const moved = await move("11:00", version);
    // Without the socket the change comes by asking.
    await expect.poll(() => card(colleague, id).textContent(), { timeout: 14_000 }).toContain("de 11:00 à");
    await move("12:00", moved.appointment.version);
    isCut = false;
    await expect.poll(() => card(colleague, id).textContent(), { timeout: 14_000 }).toContain("de 12:00 à");
    await colleague
      .getByText("Connexion en direct interrompue")
      .waitFor({ state: "detached", timeout: 14_000 });
    const live = await book(manager, { providerId, date, time: "15:00", title: "En direct" });
    await card(colleague, live.id).waitFor({ timeout: limit.timeout });
  });
});

describe("a week asked for without a connection", () => {
  it("is said to be missing rather than shown as empty, and comes by itself", async () => {
    const date = quietDay(0);
    const { id } = await book(manager, {
      providerId,
      date: quietDay(7),
      time: "10:00",
      title: "Semaine d’après",
    });
    await openView(colleague, `week&provider=${providerId}`, date);
    await colleague.locator(".fc-timegrid-event").first().waitFor();
    await colleague.context().setOffline(true);
    await colleague.keyboard.press("j");
    const missing = colleague.getByText("Cette période n’est pas encore chargée");
    await missing.waitFor();
    await colleague.context().setOffline(false);
    await card(colleague, id).waitFor({ timeout: 14_000 });
    await missing.waitFor({ state: "detached" });
  });
});

describe("on a phone of 360 px", () => {
  async function touch(
    session: CDPSession,
    type: "touchStart" | "touchMove" | "touchEnd",
    x: number,
    y: number,
  ) {
    await session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: Math.round(x), y: Math.round(y) }],
    });
  }

  it("an appointment is moved by a long press, and days go by with a flick", async () => {
    const date = quietDay(2);
    const { id } = await book(manager, { providerId, date, time: "10:00", minutes: 60, title: "Au doigt" });
    const context = await browser.newContext({
      baseURL: product.url,
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
      storageState: await manager.context().storageState(),
    });
    const page = await context.newPage();
    await page.goto(`/fr/dashboard/calendar?view=day&date=${date}&provider=${providerId}`);
    await card(page, id).waitFor();
    const session = await context.newCDPSession(page);
    const box = await card(page, id).boundingBox();
    if (!box) throw new Error("the appointment is not on screen");
    const x = box.x + box.width / 2;
    const y = box.y + 20;
    const to = (await pointOf(page, { date, minute: minuteOf("11:00") })).y + 20;
    await touch(session, "touchStart", x, y);
    await new Promise((done) => setTimeout(done, 600));
    for (let step = 1; step <= 8; step++) await touch(session, "touchMove", x, y + ((to - y) * step) / 8);
    await touch(session, "touchEnd", x, to);
    await expect.poll(() => storedPlace(manager, id), limit).toBe(`${date} 11:00–12:00`);

    const middle = 500;
    await touch(session, "touchStart", 300, middle);
    for (let step = 1; step <= 4; step++) await touch(session, "touchMove", 300 - step * 50, middle);
    await touch(session, "touchEnd", 100, middle);
    await expect.poll(() => page.url(), limit).toContain(`date=${quietDay(3)}`);

    await page.goto(`/fr/dashboard/calendar?view=list&date=${date}&provider=${providerId}`);
    await page.getByRole("button", { name: "Au doigt" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await context.close();
  });
});
