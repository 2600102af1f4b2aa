import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, carryTo, openView, pointOf, press, pullEdge } from "./calendar-page.ts";
import { untruths } from "./drawn-cards.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import { at, book, minuteOf, openHours, quietDay, stored } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";
import { newMember } from "./team.ts";

/*
 * Every kind of change that others make, arriving while somebody has an appointment in the hand. The pointer rests between
 * the change and the release: one more step of it would have the grid look again, and hide what went wrong.
 */

const limit = { timeout: 4_000, interval: 50 };

let journey: Journey;
let browser: Browser;
/** Whose screen is looked at. */
let hand: Page;
/** Makes the changes, through the API. */
let colleague: Page;
let visitor: Page;
let phone: Page;
let finger: CDPSession;
let providers: string[];
let rooms: string[];

beforeAll(async () => {
  journey = await startJourney({ RATE_LIMITS: "off" });
  ({ browser } = journey);
  const { url } = journey.product;
  hand = await signIn(browser, { url, email: "admin@immo.demo" });
  colleague = await newMember(browser, {
    owner: hand,
    role: "admin",
    email: "collegue@immo.demo",
    name: "Camille Collègue",
  });
  const sites = await query<{ items: { id: string }[] }>(colleague, "directory.sites.list", {});
  const siteId = sites.items[0]?.id;
  rooms = [];
  for (const name of ["Bureau du fond", "Salle claire"])
    rooms.push((await mutate<{ id: string }>(colleague, "directory.rooms.create", { siteId, name })).id);
  const found = await query<{ items: { id: string }[] }>(colleague, "directory.providers.list", {});
  providers = found.items.map(({ id }) => id);
  await openHours(colleague, providers);
  const services = await query<{ items: { id: string }[] }>(colleague, "directory.services.list", {});
  for (const { id } of services.items)
    await mutate(colleague, "directory.services.update", { id, horizonDays: 700, minNoticeMinutes: 0 });
  const [stranger, pocket] = await Promise.all([
    browser.newContext({ baseURL: url }),
    browser.newContext({
      baseURL: url,
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
      reducedMotion: "reduce",
      storageState: await hand.context().storageState(),
    }),
  ]);
  visitor = await stranger.newPage();
  await visitor.goto("/book/claire-martin");
  phone = await pocket.newPage();
  finger = await pocket.newCDPSession(phone);
  for (const page of [hand, phone]) {
    listen(page);
    await page.addInitScript(() => {
      // What the screen has said, which goes away by itself.
      const said: string[] = [];
      Object.assign(globalThis, { said });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes)
            for (const toast of node instanceof HTMLElement
              ? [node, ...node.querySelectorAll<HTMLElement>("li")]
              : [])
              if (toast.matches("[data-sonner-toast]"))
                said.push(`${toast.dataset.type}: ${toast.textContent}`);
      }).observe(document, { childList: true, subtree: true });
    });
  }
});

afterAll(() => endJourney(journey));

/** What each page is told by its line, and what it is reading of that. */
const lines = new Map<Page, { told: number; reading: number }>();

function listen(page: Page): void {
  const line = { told: 0, reading: 0 };
  lines.set(page, line);
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (/"type":"appointment\./.test(String(payload))) line.told += 1;
    }),
  );
  const isRead = (request: { url: () => string }) => request.url().includes("appointments.byId");
  page.on("request", (request) => {
    if (isRead(request)) line.reading += 1;
  });
  for (const ended of ["requestfinished", "requestfailed"] as const)
    page.on(ended as "requestfinished", (request) => {
      if (isRead(request)) line.reading -= 1;
    });
}

/** What the page has said since the last time it was asked. */
function said(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { said: string[] }).said.splice(0));
}

type Place = { date: string; time: string; provider: number; room: number; minutes: number };

const home: Place = { date: quietDay(0), time: "10:00", provider: 0, room: 0, minutes: 30 };

const placeOf = (place: Place) => ({
  providerId: providers[place.provider] ?? "",
  roomId: rooms[place.room] ?? "",
  startsAt: at(place.date, place.time),
  endsAt: new Date(Date.parse(at(place.date, place.time)) + place.minutes * 60_000).toISOString(),
});

async function whereIs(id: string) {
  const { providerId, roomId, startsAt, endsAt } = await stored(colleague, id);
  const iso = (instant: string) => new Date(instant).toISOString();
  return { providerId, roomId, startsAt: iso(startsAt), endsAt: iso(endsAt) };
}

const normal = (place: Place) => ({
  ...placeOf(place),
  startsAt: new Date(placeOf(place).startsAt).toISOString(),
});

async function moveByOther(id: string, place: Place): Promise<string> {
  const { version } = await stored(colleague, id);
  const answer = await mutate<{ undo: { token: string } }>(colleague, "appointments.move", {
    id,
    version,
    ...placeOf(place),
    notify: false,
  });
  return answer.undo.token;
}

async function changeByOther(id: string, procedure: "update" | "setStatus" | "cancel", what: object) {
  const { version } = await stored(colleague, id);
  await mutate(colleague, `appointments.${procedure}`, { id, version, ...what });
}

/** Somebody else's appointment in the shown period, and what happens to it, one after another. */
const other = { id: "", undo: "", holdToken: "" };
const afternoon: Place = { ...home, time: "16:00", provider: 1, room: 1 };

const changesElsewhere: Record<string, () => Promise<unknown>> = {
  "an appointment is made": async () => {
    other.id = (await book(colleague, { ...placeOf(afternoon), ...afternoon, title: "Collègue" })).id;
  },
  "another one is moved": async () => {
    other.undo = await moveByOther(other.id, { ...afternoon, time: "16:30" });
  },
  "that is undone": () => mutate(colleague, "appointments.undo", { token: other.undo }),
  "another one is edited": () => changeByOther(other.id, "update", { title: "Renommé", notify: false }),
  "another one's client arrives": () => changeByOther(other.id, "setStatus", { status: "in_progress" }),
  "another one goes back to confirmed": () => changeByOther(other.id, "setStatus", { status: "confirmed" }),
  "another one is cancelled": () => changeByOther(other.id, "cancel", { notify: false }),
  "a visitor holds a time": async () => {
    const page = await query<{ services: { slug: string }[] }>(visitor, "booking.page", {
      username: "claire-martin",
    });
    const serviceSlug = page.services[0]?.slug;
    const slots = await query<{ days: { slots: { startsAt: string }[] }[] }>(visitor, "booking.slots", {
      username: "claire-martin",
      serviceSlug,
      from: home.date,
      to: home.date,
    });
    const startsAt = slots.days
      .flatMap((day) => day.slots)
      .find((slot) => Date.parse(slot.startsAt) >= Date.parse(at(home.date, "14:00")))?.startsAt;
    const wish = { username: "claire-martin", serviceSlug, startsAt };
    other.holdToken = (await mutate<{ holdToken: string }>(visitor, "booking.hold", wish)).holdToken;
  },
  "the hold is extended": () => mutate(visitor, "booking.extendHold", { holdToken: other.holdToken }),
  "the hold is given back": () => mutate(visitor, "booking.releaseHold", { holdToken: other.holdToken }),
};

const changesOfIt: Record<string, (id: string) => Promise<unknown>> = {
  "it is moved": (id) => moveByOther(id, { ...home, time: "12:00" }),
  "it is edited": (id) => changeByOther(id, "update", { title: `Renommé ${Date.now()}`, notify: false }),
  "its client arrives": (id) => changeByOther(id, "setStatus", { status: "in_progress" }),
  "it is cancelled": (id) => changeByOther(id, "cancel", { notify: false }),
};

/** A change by somebody else, up to the screen having taken it in. */
async function arrives(page: Page, change: () => Promise<unknown>): Promise<void> {
  const line = lines.get(page);
  const told = line?.told ?? 0;
  await change();
  await expect.poll(() => line?.told, { ...limit, interval: 10 }).toBeGreaterThan(told);
  // What it says is read at once, and then drawn.
  await page.waitForTimeout(30);
  await expect.poll(() => line?.reading, { ...limit, interval: 10 }).toBe(0);
  await page.waitForTimeout(60);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

type Gesture = {
  view: string;
  by?: "provider" | "room";
  isMonth?: boolean;
  page?: () => Page;
  away: Partial<Place>;
  /** Up to where the pointer rests. */
  begin: (page: Page, id: string, to: Place) => Promise<unknown>;
  end: (page: Page) => Promise<unknown>;
};

const column = ({ by }: Pick<Gesture, "by">, to: Place) =>
  by === "provider"
    ? { resourceId: providers[to.provider] }
    : by === "room"
      ? { resourceId: rooms[to.room] }
      : {};

/** Carried by the mouse. */
const carried = (gesture: Pick<Gesture, "view" | "by" | "away">): Gesture => ({
  ...gesture,
  begin: (page, id, to) =>
    carryTo(page, { id, date: to.date, minute: minuteOf(to.time), ...column(gesture, to) }),
  end: (page) => page.mouse.up(),
});

async function touch(type: "touchStart" | "touchMove" | "touchEnd", point?: { x: number; y: number }) {
  const touchPoints = point ? [{ x: Math.round(point.x), y: Math.round(point.y) }] : [];
  await finger.send("Input.dispatchTouchEvent", { type, touchPoints });
}

async function centreOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`nothing on screen is ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + Math.min(10, box.height / 2) };
}

/** Lets an answer through when the gesture ends. */
let letGo = () => {};

const gestures: Record<string, Gesture> = {
  "moved within its day": carried({ view: "day", away: { time: "11:00" } }),
  "moved to another day": carried({ view: "week", away: { date: quietDay(2), time: "11:00" } }),
  "moved to another provider": carried({
    view: "columns",
    by: "provider",
    away: { provider: 1, time: "11:00" },
  }),
  "moved to another provider and day": carried({
    view: "team",
    by: "provider",
    away: { provider: 1, date: quietDay(1), time: "11:00" },
  }),
  "moved to another room": carried({ view: "rooms", by: "room", away: { room: 1, time: "11:00" } }),
  "moved in the month": {
    view: "month",
    isMonth: true,
    away: { date: quietDay(3) },
    begin: async (page, id, to) =>
      press(
        page,
        await centreOf(page, `[data-appointment-id="${id}"]`),
        await centreOf(page, `.fc-daygrid-day[data-date="${to.date}"]`),
      ),
    end: (page) => page.mouse.up(),
  },
  "pressed, and not moved yet": {
    view: "columns",
    by: "provider",
    away: { provider: 1, time: "11:00" },
    begin: async (page, id) => {
      const from = await centreOf(page, `[data-appointment-id="${id}"]`);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
    },
    end: (page) => page.mouse.up(),
  },
  "pulled longer or shorter": {
    view: "columns",
    by: "provider",
    away: { minutes: 60 },
    begin: (page, id, to) => pullEdge(page, { id, minutes: to.minutes === 60 ? 30 : -30 }),
    end: (page) => page.mouse.up(),
  },
  "carried by a finger": {
    view: "day",
    page: () => phone,
    away: { time: "11:00" },
    begin: async (page, id, to) => {
      const box = await card(page, id).boundingBox();
      if (!box) throw new Error("the appointment is not on screen");
      // Beside the handles that a card has once a finger has chosen it.
      const from = { x: box.x + box.width / 4, y: box.y + box.height / 4 };
      const y = (await pointOf(page, { date: to.date, minute: minuteOf(to.time) })).y + box.height / 4;
      await touch("touchStart", from);
      await page.waitForTimeout(450);
      for (let step = 1; step <= 8; step++)
        await touch("touchMove", { x: from.x, y: from.y + ((y - from.y) * step) / 8 });
    },
    end: () => touch("touchEnd"),
  },
  "cut, and pasted elsewhere": {
    view: "columns",
    by: "provider",
    away: { provider: 1, time: "10:15" },
    begin: async (page, id, to) => {
      await card(page, id).focus();
      const keys = to.provider === 1 ? ["ArrowRight", "ArrowDown"] : ["ArrowLeft", "ArrowUp"];
      for (const key of ["x", ...keys]) await page.keyboard.press(key);
      await page.locator("[data-live-region]", { hasText: to.time }).waitFor();
    },
    end: (page) => page.keyboard.press("v"),
  },
  "moved by a key whose answer is still on its way": {
    view: "columns",
    by: "provider",
    away: { time: "10:15" },
    begin: async (page, id, to) => {
      await card(page, id).focus();
      const gate = new Promise<void>((done) => {
        letGo = done;
      });
      const asked = page.waitForRequest((request) => request.url().includes("appointments.move"), limit);
      await page.route(
        (url) => url.pathname.includes("appointments.move"),
        async (route) => {
          await gate;
          await route.continue();
        },
        { times: 1 },
      );
      await page.keyboard.press(to.time === "10:15" ? "Alt+ArrowDown" : "Alt+ArrowUp");
      await asked;
    },
    end: async () => letGo(),
  },
};

const shownBy = ({ view, by, isMonth }: Gesture) => ({
  from: isMonth ? quietDay(-40) : home.date,
  days: isMonth ? 80 : view === "week" || view === "team" ? 7 : 1,
  ...(by ? { by } : {}),
  ...(isMonth ? { isMonth } : {}),
});

describe.each(Object.entries(gestures))("while an appointment is %s", (name, gesture) => {
  const away = { ...home, ...gesture.away };
  let page: Page;
  let id: string;

  beforeAll(async () => {
    page = gesture.page?.() ?? hand;
    ({ id } = await book(colleague, { ...placeOf(home), ...home, title: "En main" }));
    if (page === phone) await page.goto(`/fr/dashboard/calendar?view=day&date=${home.date}`);
    else await openView(page, gesture.view, home.date);
    await card(page, id).waitFor();
    // The line to the server stands: what comes from here on comes by it.
    await page.waitForLoadState("networkidle");
  });

  afterAll(async () => {
    await changeByOther(id, "cancel", { notify: false }).catch(() => null);
  });

  it("what happens elsewhere costs it nothing: it goes where it is put", async () => {
    const failures: string[] = [];
    let isAway = false;
    for (const [what, happen] of Object.entries(changesElsewhere)) {
      const to = isAway || name.startsWith("pressed") ? home : away;
      await said(page);
      await gesture.begin(page, id, to);
      await arrives(page, happen);
      await gesture.end(page);
      const wish = JSON.stringify(normal(to));
      await expect
        .poll(async () => JSON.stringify(await whereIs(id)), { timeout: 2_500, interval: 40 })
        .toBe(wish)
        .catch(async () =>
          failures.push(`${what}: stored at ${JSON.stringify(await whereIs(id))}, put at ${wish}`),
        );
      const wrong = await untruths(page, shownBy(gesture));
      if (wrong.length > 0) failures.push(`${what}: ${wrong.join("; ")}`);
      const sentences = await said(page);
      const errors = sentences.filter((each) => each.startsWith("error"));
      if (errors.length > 0) failures.push(`${what}: ${errors.join("; ")}`);
      // A visitor's hold says nothing but its ghost; a colleague's change is told, in a notice that the next ones renew.
      const isTold = sentences.some((each) => /Camille|Un client/.test(each));
      if (isTold && what.includes("hold")) failures.push(`${what}: said ${sentences.join("; ")}`);
      if (!isTold && what === "an appointment is made") failures.push(`${what}: nothing was said`);
      isAway = JSON.stringify(await whereIs(id)) === JSON.stringify(normal(away));
    }
    expect(failures).toEqual([]);
  });

  it("what happens to itself is not overwritten: it goes back, and the screen says why", async () => {
    if (name.startsWith("pressed")) return;
    const failures: string[] = [];
    for (const [what, happen] of Object.entries(changesOfIt)) {
      await moveByOther(id, home).catch(() => null);
      await expect.poll(() => untruths(page, shownBy(gesture)), limit).toEqual([]);
      await said(page);
      await gesture.begin(page, id, away);
      await arrives(page, () => happen(id));
      const now = await stored(colleague, id);
      await gesture.end(page);
      const errors: string[] = [];
      await expect
        .poll(
          async () => errors.push(...(await said(page)).filter((each) => each.startsWith("error"))),
          limit,
        )
        .toBeGreaterThan(0)
        .catch(() => failures.push(`${what}: nothing was said`));
      const after = await stored(colleague, id);
      if (after.version !== now.version) failures.push(`${what}: overwritten at ${after.startsAt}`);
      const wrong = await untruths(page, shownBy(gesture));
      if (wrong.length > 0) failures.push(`${what}: ${wrong.join("; ")}`);
      await page.keyboard.press("Escape");
      if (after.status === "in_progress") await changeByOther(id, "setStatus", { status: "confirmed" });
    }
    expect(failures).toEqual([]);
  });
});

describe("while empty time is marked", () => {
  it("nothing that happens elsewhere takes the mark away", async () => {
    const page = hand;
    await openView(page, "columns", home.date);
    await page.waitForLoadState("networkidle");
    const failures: string[] = [];
    for (const [what, happen] of Object.entries(changesElsewhere)) {
      const place = { date: home.date, resourceId: providers[1] ?? "" };
      await press(
        page,
        await pointOf(page, { ...place, minute: minuteOf("11:02") }),
        await pointOf(page, { ...place, minute: minuteOf("11:58") }),
      );
      await arrives(page, happen);
      await page.mouse.up();
      const panel = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
      await panel
        .waitFor({ timeout: 2_500 })
        .then(async () => {
          const marked = [
            await panel.getByLabel("Début").inputValue(),
            await panel.getByLabel("Fin").inputValue(),
          ];
          if (String(marked) !== "11:00,12:00") failures.push(`${what}: marked ${marked}`);
        })
        .catch(() => failures.push(`${what}: no form`));
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      const wrong = await untruths(page, { from: home.date, days: 1, by: "provider" });
      if (wrong.length > 0) failures.push(`${what}: ${wrong.join("; ")}`);
    }
    expect(failures).toEqual([]);
  });
});

describe("a card that the grid has elsewhere than it is known to be", () => {
  it("goes back with the next gesture, whatever had left it there", async () => {
    const { id } = await book(colleague, { ...placeOf(home), ...home, title: "Égaré" });
    await openView(hand, "columns", home.date);
    await card(hand, id).waitFor();
    // By the grid's own interface, past everything that knows better.
    await hand.evaluate((strayed) => {
      const root = document.querySelector(".fc")?.parentElement ?? document.querySelector(".fc");
      for (const element of [document.querySelector(".fc"), root]) {
        const entry = Object.entries(element ?? {}).find(([name]) => name.startsWith("__reactFiber"));
        for (let fiber = entry?.[1]; fiber; fiber = fiber.return) {
          if (!fiber.stateNode?.getApi) continue;
          const event = fiber.stateNode.getApi().getEventById(strayed);
          event.setDates(
            new Date(event.start.getTime() + 7_200_000),
            new Date(event.end.getTime() + 7_200_000),
          );
          return;
        }
      }
      throw new Error("the grid is not to be found");
    }, id);
    const shown = { from: home.date, days: 1, by: "provider" } as const;
    expect((await untruths(hand, shown, 500)).join()).toContain(" 12:00–12:30 ");
    const empty = await pointOf(hand, {
      date: home.date,
      resourceId: providers[1] ?? "",
      minute: minuteOf("08:30"),
    });
    await hand.mouse.click(empty.x, empty.y);
    // The click has marked a time, which is drawn like a card for as long as its form is open.
    await hand.getByRole("dialog", { name: "Nouveau rendez-vous" }).waitFor();
    await hand.keyboard.press("Escape");
    await expect.poll(() => untruths(hand, shown, 0), limit).toEqual([]);
    await changeByOther(id, "cancel", { notify: false });
  });
});
