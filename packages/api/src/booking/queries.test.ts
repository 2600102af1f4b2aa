import { inTenantSql } from "@creneau/db/in-tenant";
import { functionFiles } from "@creneau/db/sql-functions";
import { createRoom } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, noonIn, startBooking } from "./booking.fixture.ts";
import {
  type ConfirmAnswer,
  type ConfirmRequest,
  candidateRequest,
  confirmAnswer,
  confirmRequest,
  extendAnswer,
  nameRow,
  type PlaceAnswer,
  type PlaceRequest,
  placeAnswer,
  placeRequest,
  setupRow,
} from "./queries.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
const calls: { name: string; request: unknown; answer: unknown }[] = [];

beforeAll(async () => {
  world = await startBooking();
  // Listens to what goes over the wire; the statements themselves are the product's.
  const query = world.database.pool.query.bind(world.database.pool) as (
    statement: unknown,
  ) => Promise<{ rows: { answer?: unknown }[] }>;
  world.database.pool.query = (async (statement: { name?: string; values?: unknown[] }) => {
    const result = await query(statement);
    const name = statement.name ?? "";
    const answer = result.rows[0]?.answer;
    if (name === "booking_place" || name === "booking_confirm")
      calls.push({ name, request: JSON.parse(String(statement.values?.[0])), answer });
    if (name === "booking_extend_hold") calls.push({ name, request: null, answer });
    return result;
  }) as typeof world.database.pool.query;
});
afterAll(() => world.close());

const client = { name: "Léa Petit", email: "lea@example.test", locale: "fr" as const };
const outcomesOf = (name: string) =>
  new Set(
    calls.filter((call) => call.name === name).map(({ answer }) => (answer as { outcome: string }).outcome),
  );

/** Calls as the product made them, changed in one thing. */
const again = {
  place: async (change: (request: PlaceRequest) => object) => {
    const last = calls.findLast(
      ({ name, request }) => name === "booking_place" && (request as PlaceRequest).candidates.length > 0,
    );
    await ask("booking_place", change(last?.request as PlaceRequest));
  },
  confirm: async (change: (request: ConfirmRequest) => object) => {
    const last = calls.findLast(
      ({ name, request }) => name === "booking_confirm" && (request as ConfirmRequest).renew,
    );
    await ask("booking_confirm", change(last?.request as ConfirmRequest));
  },
};
async function ask(name: string, request: object): Promise<void> {
  await world.database.pool.query({
    name,
    text: `SELECT ${name}($1::jsonb, $2::timestamptz) AS answer`,
    values: [JSON.stringify(request), new Date()],
  });
}
const quietly = (call: Promise<unknown>) => call.catch(() => undefined);

async function visitEverything(): Promise<void> {
  const practice = await createPractice(world.database, { providers: 2 });
  const anyone = { ...practice, username: practice.organization.slug };
  const visitor = world.visit();
  const details = {
    client,
    attendees: [{ name: "Ami", email: "ami@example.test" }],
    answers: { Motif: "Fièvre" },
  };
  const lapse = () =>
    world.run("UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE status = 'held'");
  // A hold: of whoever is free, of one provider, lengthened twice, lost to another.
  const hold = await visitor.hold({ ...anyone, startsAt: noonIn(3) });
  await visitor.extendHold(hold);
  await visitor.extendHold(hold);
  await visitor.hold({ ...practice, startsAt: noonIn(4) });
  await quietly(visitor.hold({ ...practice, startsAt: noonIn(4) }));
  // Decided on before anybody had it, whatever this process has heard meanwhile.
  await again.place((request) => ({ ...request, versionKeys: [], versionTotal: 0 }));
  await again.place((request) => ({ ...request, versionTotal: -1 }));
  await quietly(
    world
      .visit({ bookingLimits: { liveHolds: 0, liveBookings: 9 } })
      .hold({ ...practice, startsAt: noonIn(5) }),
  );
  // A confirmation, repeated, and after its hold is over: free, closed, taken.
  const confirmation = { holdToken: hold.holdToken, ...details, idempotencyKey: "a key of this form" };
  await visitor.confirm(confirmation);
  await visitor.confirm(confirmation);
  const lost = await visitor.hold({ ...practice, startsAt: noonIn(6) });
  await quietly(visitor.confirm({ holdToken: hold.holdToken, client: { ...client, name: "Noé" } }));
  await quietly(
    visitor.confirm({ ...confirmation, holdToken: lost.holdToken, client: { ...client, name: "Noé" } }),
  );
  await quietly(
    world
      .visit({ bookingLimits: { liveHolds: 9, liveBookings: 0 } })
      .confirm({ holdToken: lost.holdToken, client }),
  );
  await lapse();
  await world.run("SELECT sweep_expired_holds(100)");
  await quietly(visitor.extendHold(lost));
  await visitor.confirm({ holdToken: lost.holdToken, client });
  await again.confirm((request) => ({
    ...request,
    id: crypto.randomUUID(),
    renew: { ...request.renew, columns: { ...request.renew?.columns, id: crypto.randomUUID() } },
  }));
  await again.confirm((request) => ({
    ...request,
    id: crypto.randomUUID(),
    renew: { ...request.renew, versionTotal: -1 },
  }));
  // Bookings at once: made, repeated, under a key of another's, beyond the cap.
  const booking = { ...practice, startsAt: noonIn(8), ...details, idempotencyKey: "a key of an integrator" };
  await visitor.book(booking);
  await visitor.book(booking);
  await quietly(visitor.book({ ...booking, client: { ...client, name: "Noé" } }));
  await visitor.book({
    ...anyone,
    startsAt: noonIn(9),
    client: { name: "Zoé", phone: "+33612345678", locale: "en" },
  });
  await quietly(
    world
      .visit({ bookingLimits: { liveHolds: 9, liveBookings: 0 } })
      .book({ ...practice, startsAt: noonIn(10), client }),
  );
}

describe("what TypeScript and SQL say to each other about bookings", () => {
  it("is as described, in every outcome", async () => {
    await visitEverything();
    for (const { name, request, answer } of calls) {
      if (name === "booking_place") expect(placeRequest.safeParse(request).error).toBeUndefined();
      if (name === "booking_confirm") expect(confirmRequest.safeParse(request).error).toBeUndefined();
      const described = {
        booking_place: placeAnswer,
        booking_confirm: confirmAnswer,
        booking_extend_hold: extendAnswer,
      }[name];
      expect(described?.safeParse(answer).error).toBeUndefined();
    }
    const outcomes = ({ options }: typeof placeAnswer | typeof confirmAnswer | typeof extendAnswer) =>
      new Set(
        options.flatMap(({ shape: { outcome } }): string[] =>
          "options" in outcome ? outcome.options : [...outcome.values],
        ),
      );
    expect(outcomesOf("booking_place")).toEqual(outcomes(placeAnswer));
    expect(outcomesOf("booking_confirm")).toEqual(outcomes(confirmAnswer));
    expect(outcomesOf("booking_extend_hold")).toEqual(outcomes(extendAnswer));
  });

  it("twin: anything else is found", () => {
    const [place, confirm] = ["booking_place", "booking_confirm"].map((wanted) =>
      calls.find(({ name }) => name === wanted),
    );
    expect(placeRequest.safeParse({ ...(place?.request as PlaceRequest), more: 1 }).success).toBe(false);
    expect(placeAnswer.safeParse({ ...(place?.answer as PlaceAnswer), startsAt: "noon" }).success).toBe(
      false,
    );
    expect(
      confirmRequest.safeParse({ ...(confirm?.request as ConfirmRequest), attendees: null }).success,
    ).toBe(false);
    expect(confirmAnswer.safeParse({ ...(confirm?.answer as ConfirmAnswer), outcome: "maybe" }).success).toBe(
      false,
    );
  });
});

describe("what SQL tells of a site", () => {
  it("is as described: hours, leave, rooms, prices and people", async () => {
    const practice = await createPractice(world.database, { providers: 2, service: { needsRoom: true } });
    const { organization, site, provider } = practice;
    await createRoom(world.database, organization, { siteId: site.id });
    const windows = '[{"startMinute": 480, "endMinute": 720}]';
    for (const statement of [
      "INSERT INTO availability_exception (organization_id, id, provider_id, date, windows) VALUES ($1, gen_random_uuid(), $2, current_date + 9, $3::jsonb)",
      "INSERT INTO availability_rule (organization_id, id, site_id, provider_id, iso_weekday, start_minute, end_minute, valid_from) SELECT $1, gen_random_uuid(), site_id, $2, 1, 1, 2, current_date FROM provider_site WHERE provider_id = $2 AND $3 <> ''",
      "INSERT INTO time_off (organization_id, id, provider_id, starts_at, ends_at) SELECT $1, gen_random_uuid(), $2, now(), now() + interval '1 hour' WHERE $3 <> ''",
    ])
      await world.run(statement, [organization.id, provider.id, windows]);
    const overrides = [{ when: { fuel: "electric" }, durationMinutes: 45, priceCents: 9000 }];
    await world.run("UPDATE service SET overrides = $2::jsonb WHERE organization_id = $1", [
      organization.id,
      JSON.stringify(overrides),
    ]);
    const scoped = (statement: string, values: unknown[]) =>
      inTenantSql(world.database, organization.scope, (tx) => tx.query<{ told: unknown }>(statement, values));
    const [setup] = await scoped("SELECT setup AS told FROM booking_setup($1::uuid, $2::uuid[], now())", [
      organization.id,
      [site.id],
    ]);
    expect(setupRow.safeParse(setup?.told).error).toBeUndefined();
    for (const list of ["services", "rooms", "providers", "rules", "exceptions", "timeOff"] as const)
      expect(setupRow.parse(setup?.told)[list], list).not.toEqual([]);
    for (const name of [practice.username, organization.slug]) {
      const [found] = await scoped("SELECT booking_name($1) AS told", [name]);
      expect(nameRow.safeParse(found?.told).error).toBeUndefined();
    }
  });
});

describe("the names in the SQL of bookings", () => {
  const sql = (name: string) => functionFiles().find((file) => file.name === name)?.sql ?? "";
  /** Names read from a `jsonb` called so: `x -> 'a'`, `x ->> 'a'`, `x #>> '{a,b}'`. */
  function namesRead(source: string, text: string): Set<string> {
    const steps = [...text.matchAll(new RegExp(`\\b${source} ->>? '(\\w+)'`, "g"))].map((match) => match[1]);
    const paths = [...text.matchAll(new RegExp(`\\b${source} #>>? '\\{(\\w+)`, "g"))].map(
      (match) => match[1],
    );
    return new Set([...steps, ...paths].filter((name) => name !== undefined));
  }
  const keys = (...shapes: object[]) => new Set(shapes.flatMap((shape) => Object.keys(shape)));

  it("are those of the description", () => {
    const finish = sql("booking_finish");
    const [place, lookUp] = placeRequest.options;
    const confirm = ["booking_confirm", "booking_confirm_late", "turn_into_booking"].map(sql).join();
    expect(namesRead("request", sql("booking_place") + finish)).toEqual(keys(place.shape, lookUp.shape));
    expect(namesRead("request", confirm + finish)).toEqual(keys(confirmRequest.shape));
    // The function also asks for both reasons at once, by `?|`.
    expect(namesRead("candidate", sql("booking_place") + sql("booking_explain_assignment"))).toEqual(
      keys(candidateRequest.shape),
    );
    expect(namesRead("person", sql("booking_client"))).toEqual(keys(confirmRequest.shape.client.shape));
  });
});
