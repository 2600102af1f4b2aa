import { inTenant } from "@creneau/db/in-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reactToAll } from "../reactions.fixture.ts";
import { createPractice, dateIn, noonIn, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

const client = { name: "Léa Petit", email: "lea@example.test", locale: "fr" as const };
const code = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;
const details = (error: unknown) =>
  (error as { cause?: { details?: Record<string, unknown> } }).cause?.details;

async function startsOf(practice: { username: string; serviceSlug: string }, day: number) {
  const { days } = await world
    .visit()
    .slots({ ...practice, from: dateIn(day), to: dateIn(day), timezone: "UTC" });
  return days.flatMap(({ slots }) => slots.map(({ startsAt }) => startsAt));
}

describe("hold and confirm", () => {
  it("takes a slot from everybody, then makes it a booking with a link", async () => {
    const practice = await createPractice(world.database);
    const page = await world.visit().page({ username: practice.username });
    expect(page.services.map(({ slug }) => slug)).toEqual([practice.serviceSlug]);
    const startsAt = noonIn(3);
    expect(await startsOf(practice, 3)).toContain(startsAt);
    const hold = await world.visit().hold({ ...practice, startsAt });
    expect(hold).toMatchObject({
      startsAt,
      providerName: expect.stringContaining("Dr"),
      siteName: practice.site.slug,
    });
    expect(await startsOf(practice, 3)).not.toContain(startsAt);
    const lost = await world
      .visit()
      .hold({ ...practice, startsAt })
      .catch((error: unknown) => error);
    expect(code(lost)).toBe("slot_taken");
    expect(details(lost)?.alternatives).toHaveLength(3);
    const booked = await world
      .visit()
      .confirm({ holdToken: hold.holdToken, client, answers: { Motif: "Fièvre" } });
    expect(booked.status).toBe("confirmed");
    expect(await world.visit().manage({ manageToken: booked.manageToken })).toMatchObject({
      status: "confirmed",
      startsAt,
      canMove: true,
    });
  });

  it("answers a retried confirmation with the same booking", async () => {
    const practice = await createPractice(world.database);
    const hold = await world.visit().hold({ ...practice, startsAt: noonIn(3) });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => world.visit().confirm({ holdToken: hold.holdToken, client })),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const later = await world.visit().confirm({ holdToken: hold.holdToken, client });
    expect(later).toEqual(answers[0]);
    const rows = await world.run("SELECT id FROM appointment WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    expect(rows).toHaveLength(1);
    const clients = await world.run("SELECT id FROM client WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    expect(clients).toHaveLength(1);
    await reactToAll(world.database);
    const jobs = await world.run("SELECT 1 FROM pgboss.job_common WHERE data ->> 'appointmentId' = $1", [
      later.appointmentId,
    ]);
    expect(jobs).toHaveLength(1);
  });

  it("lengthens a hold once and gives it back", async () => {
    const practice = await createPractice(world.database);
    const startsAt = noonIn(3);
    const { holdToken, expiresAt } = await world.visit().hold({ ...practice, startsAt });
    const first = await world.visit().extendHold({ holdToken });
    expect(Date.parse(first.expiresAt) - Date.parse(expiresAt)).toBe(15 * 60_000);
    expect(await world.visit().extendHold({ holdToken })).toMatchObject({
      expiresAt: first.expiresAt,
      isExtended: false,
    });
    await world.visit().releaseHold({ holdToken });
    await world.visit().releaseHold({ holdToken });
    expect(await startsOf(practice, 3)).toContain(startsAt);
  });

  it("confirms late while the time is free, else offers the nearest", async () => {
    const practice = await createPractice(world.database);
    const startsAt = noonIn(5);
    for (const isSwept of [false, true]) {
      const at = noonIn(isSwept ? 6 : 5);
      const { holdToken } = await world.visit().hold({ ...practice, startsAt: at });
      await world.run(
        "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE status = 'held'",
      );
      if (isSwept) await world.run("SELECT sweep_expired_holds(100)");
      expect((await world.visit().confirm({ holdToken, client })).status).toBe("confirmed");
    }
    const { holdToken } = await world.visit().hold({ ...practice, startsAt: noonIn(7) });
    await world.run(
      "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE status = 'held'",
    );
    await world.visit().book({ ...practice, startsAt: noonIn(7), client: { ...client, name: "Rival" } });
    const late = await world
      .visit()
      .confirm({ holdToken, client })
      .catch((error: unknown) => error);
    expect(code(late)).toBe("hold_expired");
    expect(details(late)?.alternatives).toHaveLength(3);
    expect(startsAt).toBeTruthy();
  });

  it("does not confirm late what has been closed meanwhile, though the lapsed hold still has its place", async () => {
    const practice = await createPractice(world.database, { timezone: "America/St_Johns" });
    const { holdToken } = await world.visit().hold({ ...practice, startsAt: noonIn(5) });
    const other = await world.visit().hold({ ...practice, startsAt: noonIn(6) });
    await inTenant(world.database, practice.organization.scope, (tx) =>
      tx.db.timeOff.create({
        data: {
          organizationId: practice.organization.id,
          providerId: practice.provider.id,
          startsAt: new Date(noonIn(5, -60)),
          endsAt: new Date(noonIn(5, 60)),
        },
      }),
    );
    await world.run(
      "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE organization_id = $1",
      [practice.organization.id],
    );
    const late = await world
      .visit()
      .confirm({ holdToken, client })
      .catch((error: unknown) => error);
    expect(code(late)).toBe("hold_expired");
    const alternatives = (details(late)?.alternatives ?? []) as { startsAt: string; endsAt: string }[];
    expect(alternatives).toHaveLength(3);
    for (const { startsAt, endsAt } of alternatives)
      expect(endsAt <= noonIn(5, -60) || startsAt >= noonIn(5, 60)).toBe(true);
    const rows = await world.run(
      "SELECT status, client_id FROM appointment WHERE organization_id = $1 AND starts_at = $2",
      [practice.organization.id, noonIn(5)],
    );
    expect(rows).toEqual([{ status: "held", client_id: null }]);
    // Its twin: what is still open is confirmed as late as this.
    expect((await world.visit().confirm({ holdToken: other.holdToken, client })).status).toBe("confirmed");
  });

  it("books in one call, and once for a key", async () => {
    const practice = await createPractice(world.database);
    const request = {
      ...practice,
      startsAt: noonIn(4),
      client,
      idempotencyKey: "0c1f7a30-key-of-an-integrator",
    };
    const [first, second] = await Promise.all([world.visit().book(request), world.visit().book(request)]);
    expect(second).toEqual(first);
    expect(await world.visit().book(request)).toEqual(first);
    const other = await world
      .visit()
      .book({ ...request, client: { ...client, name: "Someone else" } })
      .catch((error: unknown) => error);
    expect(code(other)).toBe("idempotency_conflict");
  });

  it("makes a service that needs approval pending", async () => {
    const practice = await createPractice(world.database);
    await world.run("UPDATE service SET needs_approval = true WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    const hold = await world.visit().hold({ ...practice, startsAt: noonIn(4) });
    expect((await world.visit().confirm({ holdToken: hold.holdToken, client })).status).toBe("pending");
    expect((await world.visit().book({ ...practice, startsAt: noonIn(5), client })).status).toBe("pending");
  });

  it("caps the holds of an address and the bookings of a client", async () => {
    const practice = await createPractice(world.database);
    const small = { bookingLimits: { liveHolds: 2, liveBookings: 1 } };
    await world.visit(small).hold({ ...practice, startsAt: noonIn(4) });
    await world.visit(small).hold({ ...practice, startsAt: noonIn(5) });
    const third = await world
      .visit(small)
      .hold({ ...practice, startsAt: noonIn(6) })
      .catch((error: unknown) => error);
    expect(code(third)).toBe("rate_limited");
    await world.visit({ ...small, address: "192.0.2.9" }).hold({ ...practice, startsAt: noonIn(6) });
    await world.visit(small).book({ ...practice, startsAt: noonIn(8), client });
    const again = await world
      .visit(small)
      .book({ ...practice, startsAt: noonIn(9), client })
      .catch((error: unknown) => error);
    expect(code(again)).toBe("rate_limited");
    expect(await startsOf(practice, 9)).toContain(noonIn(9));
  });

  it("refuses time off that another process has just added, whatever this one remembers", async () => {
    const practice = await createPractice(world.database);
    const startsAt = noonIn(4);
    expect(await startsOf(practice, 4)).toContain(startsAt);
    const holding = inTenant(world.database, practice.organization.scope, (tx) =>
      tx.db.timeOff.create({
        data: {
          organizationId: practice.organization.id,
          providerId: practice.provider.id,
          startsAt: new Date(noonIn(4, -60)),
          endsAt: new Date(noonIn(4, 60)),
        },
      }),
    );
    await holding;
    const refused = await world
      .visit()
      .hold({ ...practice, startsAt })
      .catch((error: unknown) => error);
    expect(code(refused)).toBe("outside_availability");
  });
});
