import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, carryTo, openView, pointOf, press } from "./calendar-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import { book, minuteOf, openHours, quietDay, stored, storedPlace } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";

const limit = { timeout: 4_000, interval: 50 };

type Named = { id: string; name: string };

let journey: Journey;
let browser: Browser;
let owner: Page;
let providers: Named[];
let rooms: Named[];

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
  owner = await signIn(browser, { url: journey.product.url, email: "admin@immo.demo" });
  const list = async (kind: string) =>
    (await query<{ items: Named[] }>(owner, `directory.${kind}.list`, {})).items;
  const [site] = await list("sites");
  for (const name of ["Bureau du fond", "Salle claire"])
    await mutate(owner, "directory.rooms.create", { siteId: site?.id, name });
  [providers, rooms] = [await list("providers"), await list("rooms")];
  await openHours(
    owner,
    providers.map(({ id }) => id),
  );
});

afterAll(() => endJourney(journey));

const nobody: Named = { id: "", name: "" };
const provider = (at: number) => providers[at] ?? nobody;
const room = (at: number) => rooms[at] ?? nobody;

/** What is drawn at a place of the grid: the shadow of what is carried, and whether the place is lit as free. */
async function drawnAt(page: Page, place: { date: string; resourceId: string; minute: number }) {
  const { y } = await pointOf(page, { ...place, minute: place.minute + 2 });
  const column = `.fc-timegrid-col[data-date="${place.date}"][data-resource-id="${place.resourceId}"]`;
  return await page.evaluate(
    ([selector, at]) => {
      const covers = (element: Element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top <= at && at <= bottom;
      };
      const within = (what: string) => [...document.querySelectorAll(`${selector} ${what}`)].some(covers);
      return {
        isShadowed: within(".fc-event-mirror"),
        isLit: within(".free-ranges > div"),
        isRed: document.querySelector(`${selector} .fc-event-mirror .is-refused`) !== null,
        shadows: document.querySelectorAll(".fc-event-mirror .event-card").length,
      };
    },
    [column, y] as const,
  );
}

type Case = { view: string; date: string; target: string; by: "provider" | "room" };
const cases: Case[] = [
  { view: "columns", date: quietDay(0), target: quietDay(0), by: "provider" },
  { view: "team", date: quietDay(1), target: quietDay(3), by: "provider" },
  { view: "rooms", date: quietDay(2), target: quietDay(2), by: "room" },
];

describe.each(cases)("in $view, the place of another column", ({ view, date, target, by }) => {
  /** Two columns, and who is in the way in each. */
  const columns = () =>
    by === "provider"
      ? [provider(0), provider(1)].map(({ id, name }) => ({ id, name, providerId: id, roomId: undefined }))
      : [room(0), room(1)].map(({ id, name }, at) => ({ id, name, providerId: provider(at).id, roomId: id }));
  const place = (at: number) => {
    const column = columns()[at];
    if (!column) throw new Error("the demo has too few of them");
    return column;
  };
  /** In a column; of rooms, by the other provider where the own one must stay free. */
  const bookIn = (at: number, more: { date: string; time: string; title: string }, isByOther = false) => {
    const { providerId, roomId } = place(at);
    const whose = by === "room" && isByOther ? provider(1).id : providerId;
    return book(owner, { providerId: whose, ...(roomId ? { roomId } : {}), ...more });
  };
  const columnOf = async (id: string) => {
    const { providerId, roomId } = await stored(owner, id);
    return by === "provider" ? providerId : roomId;
  };

  it("is free although that of its own column is taken: it is called so, and takes it", async () => {
    const { id } = await bookIn(0, { date, time: "10:00", title: "En main" });
    await bookIn(0, { date: target, time: "11:00", title: "Chez moi" }, true);
    await openView(owner, view, date);
    await card(owner, id).waitFor();
    const there = { date: target, resourceId: place(1).id, minute: minuteOf("11:00") };
    await carryTo(owner, { id, ...there });
    const hint = owner.locator('[data-drag-hint="free"]');
    await hint.waitFor();
    expect(await hint.textContent()).toContain(`11:00 – 11:30${place(1).name}`);
    expect(await drawnAt(owner, there)).toEqual({ isShadowed: true, isLit: true, isRed: false, shadows: 1 });
    const own = await drawnAt(owner, { ...there, resourceId: place(0).id });
    expect(own).toMatchObject({ isShadowed: false, isLit: false });
    await owner.mouse.up();
    await expect.poll(() => columnOf(id), limit).toBe(place(1).id);
    expect(await storedPlace(owner, id)).toBe(`${target} 11:00–11:30`);
    const told = by === "provider" ? `Confié à ${place(1).name}, ` : `Déplacé en ${place(1).name}, `;
    const notice = owner.locator("[data-sonner-toast]", { hasText: told });
    await notice.waitFor();
    expect(await notice.textContent()).toMatch(target === date ? /, 11:00/ : /, .+ 11:00/);
    await card(owner, id).click();
    await owner.getByText("Historique").click();
    const history = by === "provider" ? "a confié le rendez-vous à" : "a déplacé le rendez-vous en";
    await owner.getByText(new RegExp(`${history} ${place(1).name}, .* 11:00`)).waitFor();
    await owner.keyboard.press("Escape");
  });

  it("is taken although that of its own column is free: it is called so, and refused by name", async () => {
    const { id } = await bookIn(0, { date, time: "14:00", title: "En main" });
    await bookIn(1, { date: target, time: "15:00", title: "Là-bas" });
    await openView(owner, view, date);
    await card(owner, id).waitFor();
    const there = { date: target, resourceId: place(1).id, minute: minuteOf("15:00") };
    await carryTo(owner, { id, ...there });
    const hint = owner.locator('[data-drag-hint="refused"]');
    await hint.waitFor();
    expect(await hint.textContent()).toContain(place(1).name);
    expect(await hint.textContent()).toContain("Là-bas (15:00–15:30)");
    expect(await drawnAt(owner, there)).toEqual({ isShadowed: true, isLit: false, isRed: true, shadows: 1 });
    // And what the server says once the pointer rests is about the same place.
    await owner.waitForTimeout(600);
    expect(await hint.textContent()).toContain("Là-bas (15:00–15:30)");
    await owner.mouse.up();
    const refusal = owner.locator('[data-sonner-toast][data-type="error"]', { hasText: place(1).name });
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(/15:00 · /);
    expect(await columnOf(id)).toBe(place(0).id);
    await expect.poll(() => card(owner, id).textContent(), limit).toContain("de 14:00 à");
  });
});

describe("what becomes known while the pointer rests", () => {
  it("counts at once: a place that somebody takes is called taken, and no longer lit", async () => {
    const date = quietDay(4);
    const { id } = await book(owner, { providerId: provider(0).id, date, time: "10:00", title: "En main" });
    await openView(owner, "columns", date);
    await card(owner, id).waitFor();
    await owner.waitForLoadState("networkidle");
    const there = { date, resourceId: provider(1).id, minute: minuteOf("11:00") };
    await carryTo(owner, { id, ...there });
    await owner.locator('[data-drag-hint="free"]').waitFor();
    expect(await drawnAt(owner, there)).toMatchObject({ isLit: true, isRed: false });
    const { id: newer } = await book(owner, {
      providerId: provider(1).id,
      date,
      time: "11:00",
      title: "Devancé",
    });
    await owner.locator('[data-drag-hint="refused"]', { hasText: "Devancé" }).waitFor({ timeout: 3_000 });
    expect(await drawnAt(owner, there)).toMatchObject({ isLit: false, isRed: true });
    // What came is drawn once the hand is free.
    expect(await card(owner, newer).count()).toBe(0);
    await owner.keyboard.press("Escape");
    await owner.mouse.up();
    await card(owner, newer).waitFor();
    expect(await storedPlace(owner, id)).toBe(`${date} 10:00–10:30`);
  });

  it("finer steps by Alt count for a pointer that rests, and the drop is sent", async () => {
    const date = quietDay(4);
    const { id } = await book(owner, { providerId: provider(0).id, date, time: "13:00", title: "Finement" });
    await openView(owner, "columns", date);
    await card(owner, id).waitFor();
    // Between two quarters: only the finer steps know a line there.
    const box = await card(owner, id).boundingBox();
    if (!box) throw new Error("the appointment is not on screen");
    const at = { date, resourceId: provider(0).id };
    await press(
      owner,
      { x: box.x + box.width / 2, y: box.y + 9 },
      await pointOf(owner, { ...at, minute: minuteOf("14:08") }),
    );
    await owner.locator("[data-drag-hint]", { hasText: "14:00 – 14:30" }).waitFor();
    await owner.keyboard.down("Alt");
    const finer = owner.locator("[data-drag-hint]", { hasText: /^14:(05|10) – / });
    await finer.waitFor();
    const told = (await finer.textContent())?.slice(0, 13).replace(" – ", "–");
    await owner.mouse.up();
    await owner.keyboard.up("Alt");
    await expect.poll(() => storedPlace(owner, id), limit).toBe(`${date} ${told}`);
  });
});

describe("a mark that is let go beside the grid", () => {
  it("leaves nothing behind, and the keys work on", async () => {
    const date = quietDay(4);
    await openView(owner, "columns", date);
    const at = { date, resourceId: provider(1).id };
    const from = await pointOf(owner, { ...at, minute: minuteOf("16:00") });
    await press(owner, from, await pointOf(owner, { ...at, minute: minuteOf("17:00") }));
    await owner.locator("[data-drag-hint]").waitFor();
    await owner.mouse.move(5, 5, { steps: 4 });
    await owner.mouse.up();
    await owner.locator("[data-drag-hint]").waitFor({ state: "detached" });
    expect(await owner.getByRole("dialog").count()).toBe(0);
    await owner.keyboard.press("w");
    await expect.poll(() => owner.url(), limit).toContain("view=week");
  });
});

describe("an agenda that is not one's own", () => {
  it("is not lit and called so before the drop, to a provider who may change their own alone", async () => {
    const claire = await signIn(browser, { url: journey.product.url, email: "claire@immo.demo" });
    const me = await query<{ providerId: string }>(claire, "session.me", {});
    const other = providers.find(({ id }) => id !== me.providerId) ?? nobody;
    const date = quietDay(4);
    const { id } = await book(owner, { providerId: me.providerId, date, time: "17:00", title: "À moi" });
    await openView(claire, "columns", date);
    await card(claire, id).waitFor();
    const there = { date, resourceId: other.id, minute: minuteOf("17:00") };
    await carryTo(claire, { id, ...there });
    await claire
      .locator('[data-drag-hint="refused"]', { hasText: "Vous ne pouvez rien placer dans cet agenda" })
      .waitFor();
    expect(await drawnAt(claire, there)).toMatchObject({ isLit: false, isRed: true });
    await claire.waitForTimeout(600);
    await claire.locator('[data-drag-hint="refused"]').waitFor();
    await claire.mouse.up();
    await claire.locator('[data-sonner-toast][data-type="error"]').waitFor();
    expect((await stored(owner, id)).providerId).toBe(me.providerId);
  });
});
