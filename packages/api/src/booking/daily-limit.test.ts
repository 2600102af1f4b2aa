import { createMembership, createUser } from "@creneau/db/testing/factories";
import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { localDatePlusDays } from "@creneau/domain/time/local-date";
import { instantFromLocal, localDateOf } from "@creneau/domain/time/local-time";
import { zone } from "@creneau/domain/time/zone";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testSession } from "../context.fixture.ts";
import { createCaller } from "../waitlist/waitlist.fixture.ts";
import { createPractice, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

type Practice = Awaited<ReturnType<typeof createPractice>>;

/** A minute of the practice's wall clock, so many days ahead. */
function at(name: string, days: number, minute: number): string {
  const place = zone(name);
  const date = localDatePlusDays(localDateOf(Date.now() as Instant, place), days);
  return formatInstant(instantFromLocal({ date, minute, zone: place, gap: "forward", overlap: "earlier" }));
}

async function owner({ organization }: Practice) {
  const user = await createUser(world.database);
  await createMembership(world.database, organization, { userId: user.id });
  const session = testSession(
    { organizationId: organization.id, slug: organization.slug, role: "owner" },
    user,
  );
  return createCaller({ ...world.services, session, requestId: "test", address: "192.0.2.7" }).appointments;
}

async function limited(place: string, limit: number | null) {
  const practice = await createPractice(world.database, { timezone: place });
  await world.run("UPDATE provider SET daily_limit = $2 WHERE organization_id = $1", [
    practice.organization.id,
    limit,
  ]);
  const api = await owner(practice);
  const put = (startsAt: string) =>
    api.create({ providerId: practice.provider.id, serviceId: practice.serviceId, startsAt });
  const onDay = async (days: number) => {
    const [row] = await world.run<{ n: number }>(
      `SELECT count(*)::integer AS n FROM appointment WHERE organization_id = $1 AND status <> 'cancelled' AND starts_at >= $2 AND starts_at < $3`,
      [practice.organization.id, at(place, days, 0), at(place, days + 1, 0)],
    );
    return row?.n;
  };
  return { practice, api, put, onDay };
}

type Settled = PromiseSettledResult<unknown>;
const won = (answers: Settled[]) => answers.filter(({ status }) => status === "fulfilled").length;
const lostWith = (answers: Settled[]) =>
  new Set(
    answers.flatMap((each) =>
      each.status === "rejected" ? [(each.reason as { cause?: { code?: string } }).cause?.code] : [],
    ),
  );

describe.each(["Asia/Kathmandu", "America/St_Johns"])("a provider's daily limit in %s", (place) => {
  it("holds when 20 move into a day with one place left, at once", async () => {
    const { api, put, onDay } = await limited(place, null);
    // A day of other people's, up to its last minutes: it does not count for the next.
    for (const minutes of [0, 720]) await put(at(place, 10, minutes));
    await put(at(place, 9, 23 * 60 + 30));
    const movers = [];
    for (let index = 0; index < 20; index++)
      movers.push((await put(at(place, 12 + (index % 2), 60 + 30 * Math.floor(index / 2)))).appointment);
    await world.run("UPDATE provider SET daily_limit = 3 WHERE daily_limit IS NULL AND id = $1", [
      movers[0]?.providerId,
    ]);
    const answers = await Promise.allSettled(
      movers.map(({ id, version }, index) =>
        api.move({ id, version, startsAt: at(place, 10, 60 + 30 * index) }),
      ),
    );
    expect([won(answers), await onDay(10)]).toEqual([1, 3]);
    expect(lostWith(answers)).toEqual(new Set(["outside_availability"]));
    // By force they may: the limit is the practice's own.
    const still = movers.find((_, index) => answers[index]?.status === "rejected");
    if (still)
      await api.move({ id: still.id, version: still.version, startsAt: at(place, 10, 1200), force: true });
    expect(await onDay(10)).toBe(4);
  });

  it("holds when staff and visitors book into such a day at once", async () => {
    const { practice, put, onDay } = await limited(place, 3);
    for (const minutes of [0, 720]) await put(at(place, 10, minutes));
    const { username, serviceSlug } = practice;
    const book = (index: number) =>
      world.visit().book({
        username,
        serviceSlug,
        startsAt: at(place, 10, 60 + 30 * index),
        client: { name: "Léa", email: `lea${index}@example.test`, locale: "fr" },
      });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? book(index) : put(at(place, 10, 60 + 30 * index)),
      ),
    );
    expect([won(answers), await onDay(10)]).toEqual([1, 3]);
    expect(lostWith(answers)).toEqual(new Set(["outside_availability"]));
  });

  it("twin: without one, each of them has its place", async () => {
    const { put, onDay } = await limited(place, null);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => put(at(place, 10, 60 + 30 * index))),
    );
    expect([won(answers), await onDay(10)]).toEqual([20, 20]);
  });
});

it("a creation that comes again is answered as before, however full the day has become", async () => {
  const place = "Asia/Kathmandu";
  const { practice, api } = await limited(place, 1);
  const request = {
    providerId: practice.provider.id,
    serviceId: practice.serviceId,
    startsAt: at(place, 10, 600),
    idempotencyKey: "once and again",
  };
  const answers = await Promise.all(Array.from({ length: 6 }, () => api.create(request)));
  expect(new Set(answers.map(({ appointment }) => appointment.id)).size).toBe(1);
});
