import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirm, freeSlots, hold, openBooking } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";

let journey: Journey;

// A product of its own: what is spent here of an address's budgets nobody else has left.
beforeAll(async () => {
  journey = await startJourney();
});

afterAll(() => endJourney(journey));

describe("a visitor whose address takes hold after hold", () => {
  it("has the proof of work found in their browser, and books", async () => {
    const { browser, product } = journey;
    const page = await openBooking(browser, { url: product.url, path: "/fr/book/dr-leroy?service=suivi" });
    await freeSlots(page).last().waitFor();
    const used = async () => {
      const answer = await page.request.post("/api/trpc/booking.hold", {
        data: { username: "dr-leroy", serviceSlug: "nothing-here", startsAt: "2030-01-01T10:00:00Z" },
      });
      return ((await answer.json()) as { error: { data: { code: string } } }).error.data.code;
    };
    await expect.poll(used, { timeout: 20_000, interval: 0 }).toBe("challenge_required");
    const statuses: number[] = [];
    page.on("response", (response) => {
      if (response.url().includes("booking.hold")) statuses.push(response.status());
    });
    await hold(page, freeSlots(page).last());
    // Refused without a proof, taken with one.
    expect(statuses).toEqual([429, 200]);
    await confirm(page, { name: "Vera Work", email: "vera@example.org" });
    await page.context().close();
  });
});
