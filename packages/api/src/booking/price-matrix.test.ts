import { MINUTE_MS } from "@creneau/domain/time/instant";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, dateIn, noonIn, startBooking } from "./booking.fixture.ts";

let booking: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  booking = await startBooking();
});
afterAll(() => booking.close());

const client = { name: "Léa Petit", email: "lea@example.test" };
const utility = { attributes: { type: "utility" } };
const diesel = { attributes: { fuel: "diesel" } };
const matrix = [
  { when: { fuel: "diesel" }, priceCents: 8400 },
  { when: { type: "utility" }, durationMinutes: 60, priceCents: 8900 },
];

/** A service of half an hour at 79 € whose duration and price depend on the vehicle. */
async function createCentre(options: Parameters<typeof createPractice>[1] = {}) {
  const practice = await createPractice(booking.database, options);
  await booking.run("UPDATE service SET price_cents = 7900, overrides = $2::jsonb WHERE id = $1", [
    practice.serviceId,
    JSON.stringify(matrix),
  ]);
  const { username, serviceSlug } = practice;
  return { ...practice, names: { username, serviceSlug } };
}

async function written(id: string) {
  const [row] = await booking.run<{ price_cents: number; minutes: number }>(
    "SELECT price_cents, extract(epoch FROM ends_at - starts_at)::int / 60 AS minutes FROM appointment WHERE id = $1",
    [id],
  );
  return row;
}

it("shows the matrix on the page, and the offer for what the visitor comes with", async () => {
  const { username } = await createCentre();
  const service = async (subject?: typeof diesel) => {
    const { services } = await booking.visit().page({ username, ...(subject && { subject }) });
    return services[0];
  };
  expect(await service()).toMatchObject({ durationMinutes: 30, priceCents: 7900, overrides: matrix });
  expect(await service(diesel)).toMatchObject({ durationMinutes: 30, priceCents: 8400 });
  expect(await service()).toMatchObject({ durationMinutes: 30, priceCents: 7900 });
});

it("holds and books for as long, and at the price, that the matrix says", async () => {
  const { names } = await createCentre();
  const visitor = booking.visit();
  const hold = await visitor.hold({ ...names, subject: utility, startsAt: noonIn(3) });
  expect(hold).toMatchObject({ durationMinutes: 60, priceCents: 8900 });
  expect(Date.parse(hold.endsAt) - Date.parse(hold.startsAt)).toBe(60 * MINUTE_MS);
  const confirmed = await visitor.confirm({ holdToken: hold.holdToken, client });
  expect(await written(confirmed.appointmentId)).toEqual({ price_cents: 8900, minutes: 60 });

  const plain = await visitor.book({ ...names, startsAt: noonIn(4), client });
  expect(await written(plain.appointmentId)).toEqual({ price_cents: 7900, minutes: 30 });
  const dear = await visitor.book({ ...names, subject: diesel, startsAt: noonIn(5), client });
  expect(await written(dear.appointmentId)).toEqual({ price_cents: 8400, minutes: 30 });
});

it("tells the price of a booking in its service's currency", async () => {
  const [francs, euros] = [await createCentre(), await createCentre()];
  await booking.run("UPDATE service SET currency = 'CHF' WHERE id = $1", [francs.serviceId]);
  for (const [centre, currency] of [
    [francs, "CHF"],
    [euros, "EUR"],
  ] as const) {
    const { manageToken } = await booking.visit().book({ ...centre.names, startsAt: noonIn(4), client });
    expect(await booking.visit().manage({ manageToken })).toMatchObject({ priceCents: 7900, currency });
  }
});

it("offers a longer booking only where it fits, and answers both kinds from memory apart", async () => {
  const { names } = await createCentre();
  const visitor = booking.visit();
  await visitor.book({ ...names, startsAt: noonIn(6, 30), client });
  const startsOf = async (subject?: typeof utility) => {
    const day = dateIn(6);
    const answer = await visitor.slots({ ...names, from: day, to: day, ...(subject && { subject }) });
    return answer.days.flatMap(({ slots }) => slots);
  };
  for (let round = 0; round < 2; round++) {
    const [short, long] = [await startsOf(), await startsOf(utility)];
    expect(short.map(({ startsAt }) => startsAt)).toContain(noonIn(6));
    expect(long.map(({ startsAt }) => startsAt)).not.toContain(noonIn(6));
    for (const { startsAt, endsAt } of long)
      expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(60 * MINUTE_MS);
  }
  await expect(visitor.hold({ ...names, subject: utility, startsAt: noonIn(6) })).rejects.toMatchObject({
    cause: { code: "slot_taken" },
  });
});

it("books what was held even when the hold has lapsed", async () => {
  const { names } = await createCentre();
  const visitor = booking.visit();
  const hold = await visitor.hold({ ...names, subject: utility, startsAt: noonIn(8) });
  await visitor.releaseHold({ holdToken: hold.holdToken });
  const { appointmentId } = await visitor.confirm({ holdToken: hold.holdToken, client });
  expect(await written(appointmentId)).toEqual({ price_cents: 8900, minutes: 60 });
});

it("takes one idempotency key for one subject", async () => {
  const { names } = await createCentre();
  const visitor = booking.visit();
  const request = { ...names, subject: diesel, startsAt: noonIn(9), client, idempotencyKey: "a key of one" };
  const first = await visitor.book(request);
  expect((await visitor.book(request)).appointmentId).toBe(first.appointmentId);
  await expect(visitor.book({ ...request, subject: utility })).rejects.toMatchObject({
    cause: { code: "idempotency_conflict" },
  });
});

it("follows a change of the matrix at once", async () => {
  const { names, serviceId } = await createCentre();
  const visitor = booking.visit();
  await visitor.book({ ...names, subject: diesel, startsAt: noonIn(10), client });
  await booking.run("UPDATE service SET overrides = '[]' WHERE id = $1", [serviceId]);
  const { appointmentId } = await visitor.book({ ...names, subject: diesel, startsAt: noonIn(11), client });
  expect(await written(appointmentId)).toEqual({ price_cents: 7900, minutes: 30 });
});
