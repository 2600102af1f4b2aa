import { createService } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, dateIn, mirrorEvent, openProcess, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

const day = dateIn(5);
const at = (time: string) => `${day}T${time}:00.000Z`;
const times = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) =>
    new Date(Date.parse(at("00:00")) + (from + index) * 15 * 60_000).toISOString(),
  );

it("are offered before, between and after all that occupies a day", async () => {
  const practice = await createPractice(world.database, { timezone: "UTC", providers: 2 });
  const { team, username, serviceSlug, organization } = practice;
  const client = { name: "Léa Petit", email: "lea@example.test" };
  for (const time of ["09:00", "10:15", "14:30"])
    await world.visit().book({ username, serviceSlug, startsAt: at(time), client });
  const hold = await world.visit().hold({ username, serviceSlug, startsAt: at("16:00") });
  await mirrorEvent(world.database, practice, { from: at("20:00"), to: at("20:30") });

  const { days } = await world.visit().slots({ username, serviceSlug, from: day, to: day, timezone: "UTC" });
  // Half an hour each, every quarter: none may begin less than half an hour before, or during, one of these.
  const taken = [...times(35, 38), ...times(40, 43), ...times(57, 60), ...times(63, 66), ...times(79, 82)];
  const expected = times(0, 96).filter((start) => !taken.includes(start));
  expect(days.flatMap(({ slots }) => slots.map(({ startsAt }) => startsAt))).toEqual(expected);

  // A colleague is free all day: whoever asks for anyone sees every time.
  const anyone = await world
    .visit()
    .slots({ username: organization.slug, serviceSlug, from: day, to: day, timezone: "UTC" });
  expect(anyone.days.flatMap(({ slots }) => slots).length).toBe(96);
  const own = await world.visit().slots({
    username: organization.slug,
    serviceSlug,
    providerId: team[0]?.id,
    from: day,
    to: day,
    timezone: "UTC",
  });
  expect(own.days).toEqual(days);
  await world.visit().releaseHold({ holdToken: hold.holdToken });
});

it("keep their distance from what has just ended, as far as the buffer before them reaches", async () => {
  const practice = await createPractice(world.database, { timezone: "UTC" });
  const { username, serviceSlug, organization, provider } = practice;
  const careful = await createService(world.database, organization, {
    durationMinutes: 30,
    bufferBefore: 60,
    providerIds: [provider.id],
  });
  const client = { name: "Léa Petit", email: "lea@example.test" };
  await world.visit().book({ username, serviceSlug, startsAt: at("09:00"), client });

  const justAfter = await openProcess(world.url);
  justAfter.pass(Date.parse(at("09:35")) - Date.now());
  const first = async (slug: string) => {
    const span = { from: day, to: day, timezone: "UTC" };
    const { days } = await justAfter.visit().slots({ username, serviceSlug: slug, ...span });
    return days[0]?.slots[0]?.startsAt;
  };
  expect(await first(serviceSlug)).toBe(at("09:45"));
  expect(await first(careful.slug)).toBe(at("10:30"));
  await justAfter.close();
});
