import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { freeSlots, hold, openBooking } from "./booking-page.ts";
import { card, openView } from "./calendar-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import { mutate, query, signIn } from "./staff.ts";

let journey: Journey;
let browser: Browser;
let url: string;
let staff: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
  ({ url } = journey.product);
  staff = await signIn(browser, { url, email: "secretariat@dubois.demo" });
});
afterAll(() => endJourney(journey));

interface Held {
  id: string;
  providerId: string;
  serviceId: string;
  status: string;
  startsAt: string;
}

/** What the staff's lists know of the time that a visitor holds. */
async function heldAt(startsAt: string): Promise<Held> {
  const to = new Date(Date.parse(startsAt) + 60_000).toISOString();
  const { items } = await query<{ items: Held[] }>(staff, "appointments.list", { from: startsAt, to });
  const found = items.find((each) => each.status === "held" && each.startsAt === startsAt);
  if (!found) throw new Error("the staff do not see what the visitor holds");
  return found;
}

describe("a time that a visitor holds", () => {
  it("is nobody else's to change: staff release it, and the visitor keeps their words and is shown other times", async () => {
    const visitor = await openBooking(browser, { url, path: "/fr/book/dr-leroy?service=suivi" });
    const startsAt = await hold(visitor, freeSlots(visitor).first());
    await visitor.locator('input[name="name"]').fill("Zoé Lemaître");
    await visitor.locator('input[name="email"]').fill("zoe@example.org");
    const held = await heldAt(startsAt);

    await openView(staff, "day", startsAt.slice(0, 10));
    await card(staff, held.id).click();
    const panel = staff
      .getByRole("dialog")
      .or(staff.locator("aside"))
      .filter({ hasText: "Cette heure est gardée" });
    await panel.waitFor();
    const names = await panel.getByRole("button").allTextContents();
    expect(names).toContain("Libérer le créneau");
    for (const change of ["Annuler le rendez-vous", "Modifier", "Déplacer…", "Confirmer"])
      expect(names).not.toContain(change);
    expect(await violationsInBothThemes(staff)).toEqual([]);
    await panel.getByRole("button", { name: "Libérer le créneau" }).click();
    await staff.getByText("Créneau libéré").waitFor();
    await card(staff, held.id).waitFor({ state: "detached" });

    // Given to somebody at the desk, it is gone for the visitor, who is told so and loses no word.
    const { providerId, serviceId } = held;
    await mutate(staff, "appointments.create", { providerId, serviceId, startsAt, title: "Au comptoir" });
    await visitor.locator('button[type="submit"]').click();
    const alternatives = visitor.locator("[data-alternative]");
    await alternatives.first().waitFor();
    expect(await alternatives.count()).toBe(3);
    expect(await visitor.locator('input[name="name"]').inputValue()).toBe("Zoé Lemaître");
    await alternatives.first().click();
    await visitor.locator("[data-countdown]").waitFor();
    await visitor.locator('button[type="submit"]').click();
    await visitor.waitForURL("**/confirmation?booking=*");
    await visitor.context().close();
  });

  it("is released on its own page too", async () => {
    const visitor = await openBooking(browser, { url, path: "/fr/book/dr-leroy?service=suivi" });
    const held = await heldAt(await hold(visitor, freeSlots(visitor).first()));
    await staff.goto(`/fr/dashboard/appointments/${held.id}`);
    await staff.getByText("Cette heure est gardée").waitFor();
    expect(await staff.getByRole("link", { name: "Modifier" }).count()).toBe(0);
    expect(await violationsInBothThemes(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Libérer le créneau" }).click();
    await staff.getByText("Créneau libéré").waitFor();
    // Nobody has taken it meanwhile: whoever held it books it all the same.
    await visitor.locator('input[name="name"]').fill("Zoé Lemaître");
    await visitor.locator('input[name="email"]').fill("zoe2@example.org");
    await visitor.locator('button[type="submit"]').click();
    await visitor.waitForURL("**/confirmation?booking=*");
    await visitor.context().close();
  });
});
