import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

it("offers 9:00 at 9:00 on both sides, and groups by the visitor's day", async () => {
  const autumn = Date.UTC(2027, 9, 20);
  world.pass(autumn - Date.now());
  const practice = await createPractice(world.database);
  await world.run("UPDATE service SET horizon_days = 60 WHERE organization_id = $1", [
    practice.organization.id,
  ]);
  await world.run(
    "UPDATE availability_rule SET start_minute = 540, end_minute = 600 WHERE organization_id = $1",
    [practice.organization.id],
  );
  const { username, serviceSlug } = practice;
  const paris = await world.visit().slots({ username, serviceSlug, from: "2027-10-30", to: "2027-10-31" });
  expect(paris.days.map(({ date, slots }) => [date, slots[0]?.startsAt])).toEqual([
    ["2027-10-30", "2027-10-30T07:00:00.000Z"],
    ["2027-10-31", "2027-10-31T08:00:00.000Z"],
  ]);
  const nepal = await world
    .visit()
    .slots({ username, serviceSlug, from: "2027-10-30", to: "2027-10-31", timezone: "Asia/Kathmandu" });
  expect(nepal.timezone).toBe("Asia/Kathmandu");
  expect(nepal.days.map(({ date, slots }) => [date, slots.length])).toEqual([
    ["2027-10-30", 3],
    ["2027-10-31", 3],
  ]);
  world.pass(Date.now() - autumn);
});
