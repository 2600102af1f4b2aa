import { DateTime } from "luxon";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, dragBy, offsetFromLine, openColumns } from "./calendar-page.ts";
import { freePlace, type PlacedAppointment, type Span } from "./free-place.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { query, signIn } from "./staff.ts";

const zone = "Europe/Paris";
/** Time for a change to reach another browser: the promise is a second, the rest is a slow machine's share. */
const liveLimit = 3_000;

let journey: Journey;
let product: Product;
let browser: Browser;
let secretary: Page;
let doctor: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [secretary, doctor] = await Promise.all([
    signIn(browser, { url: product.url, email: "secretariat@dubois.demo" }),
    signIn(browser, { url: product.url, email: "dubois@dubois.demo" }),
  ]);
});

afterAll(() => endJourney(journey));

function clock(instant: number | string): string {
  return DateTime.fromMillis(typeof instant === "number" ? instant : Date.parse(instant), { zone }).toFormat(
    "HH:mm",
  );
}

function wholeDay(day: DateTime) {
  return { from: day.toUTC().toISO(), to: day.plus({ days: 1 }).toUTC().toISO() };
}

async function appointmentsOf(page: Page, day: DateTime): Promise<PlacedAppointment[]> {
  return (await query<{ items: PlacedAppointment[] }>(page, "appointments.list", wholeDay(day))).items;
}

/** An appointment of the coming week that can go elsewhere on its own day, and where to. */
async function movable(
  page: Page,
): Promise<{ date: string; appointment: PlacedAppointment; target: number }> {
  const monday = DateTime.now().setZone(zone).startOf("week").plus({ weeks: 1 });
  for (let day = 0; day < 5; day++) {
    const from = monday.plus({ days: day });
    const items = await appointmentsOf(page, from);
    for (const appointment of items.filter((each) => each.status === "confirmed")) {
      const open = await query<{ items: { intervals: Span[] }[] }>(page, "availability.open", {
        ...wholeDay(from),
        providerIds: [appointment.providerId],
      });
      const target = freePlace({ appointment, others: items, open: open.items[0]?.intervals ?? [] });
      if (target !== null) return { date: from.toISODate() ?? "", appointment, target };
    }
  }
  throw new Error("the demo data has no appointment that can move");
}

/** The card says its time to assistive technology, in the organization's zone. */
async function expectStart(page: Page, id: string, start: string) {
  await expect
    .poll(() => card(page, id).textContent(), { timeout: liveLimit, interval: 50 })
    .toContain(`de ${start} à`);
}

async function storedStart(page: Page, id: string): Promise<string> {
  return clock((await query<Span>(page, "appointments.byId", { id })).startsAt);
}

describe("an appointment dragged in one browser", () => {
  it("moves in another one too, with the author's name, and goes back in both when undone", async () => {
    const { date, appointment, target } = await movable(secretary);
    const { id } = appointment;
    const before = clock(appointment.startsAt);
    await Promise.all([openColumns(secretary, date), openColumns(doctor, date)]);
    await expectStart(doctor, id, before);

    await dragBy(secretary, { id, minutes: (target - Date.parse(appointment.startsAt)) / 60_000 });
    await secretary.getByText(`Déplacé à ${clock(target)}`).waitFor({ timeout: liveLimit });
    await expectStart(secretary, id, clock(target));
    await expectStart(doctor, id, clock(target));
    await doctor.getByText("Isabelle Perrin a déplacé un rendez-vous").waitFor({ timeout: liveLimit });
    expect(await storedStart(secretary, id)).toBe(clock(target));

    await secretary.getByRole("button", { name: /^Annuler \(\d s\)$/ }).click();
    await expectStart(secretary, id, before);
    await expectStart(doctor, id, before);
    expect(await storedStart(doctor, id)).toBe(before);
  });

  it("stands at the line of its time, for somebody who asked for less motion too", async () => {
    const { date } = await movable(secretary);
    const items = await appointmentsOf(secretary, DateTime.fromISO(date, { zone }));
    const onLine = items.find(({ startsAt }) => /:[03]0$/.test(clock(startsAt)));
    if (!onLine) throw new Error("no appointment of the demo day starts on a half hour");
    await openColumns(secretary, date);
    const place = { id: onLine.id, time: clock(onLine.startsAt) };
    await expect.poll(() => offsetFromLine(secretary, place), { timeout: liveLimit }).toBeLessThan(3);
  });

  it("goes back by Ctrl+Z", async () => {
    const { date, appointment, target } = await movable(secretary);
    const { id } = appointment;
    await openColumns(secretary, date);
    await dragBy(secretary, { id, minutes: (target - Date.parse(appointment.startsAt)) / 60_000 });
    await secretary.getByRole("button", { name: /^Annuler \(\d s\)$/ }).waitFor({ timeout: liveLimit });
    await secretary.keyboard.press("Control+z");
    await expectStart(secretary, id, clock(appointment.startsAt));
    expect(await storedStart(secretary, id)).toBe(clock(appointment.startsAt));
  });

  it("snaps back with the reason when its new place is taken", async () => {
    const { date, appointment } = await movable(secretary);
    const items = await appointmentsOf(secretary, DateTime.fromISO(date, { zone }));
    const obstacle = items.find(
      (each) => each.providerId === appointment.providerId && each.id !== appointment.id,
    );
    if (!obstacle) throw new Error("the demo day has one appointment only");
    await openColumns(secretary, date);
    const minutes = (Date.parse(obstacle.startsAt) - Date.parse(appointment.startsAt)) / 60_000;
    await dragBy(secretary, { id: appointment.id, minutes });
    await secretary.getByText("Ce créneau est déjà pris").waitFor({ timeout: liveLimit });
    await expectStart(secretary, appointment.id, clock(appointment.startsAt));
    expect(await storedStart(secretary, appointment.id)).toBe(clock(appointment.startsAt));
  });
});
