import { inTenant } from "@creneau/db/in-tenant";
import { createMembership, createRoom, createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, dateIn, noonIn, openProcess, startBooking } from "./booking/booking.fixture.ts";
import { testSession } from "./context.fixture.ts";
import { createCaller } from "./waitlist/waitlist.fixture.ts";

/**
 * Every B-tree of `appointment`, with what it is there for: each is one more page that every booking writes, twice. One that
 * nothing here needs goes (ADR 24). The exclusion constraints' GiST indexes are guards and answer for themselves.
 */
const reasons: Readonly<Record<string, string>> = {
  appointment_pkey: "one appointment",
  appointment_organization_id_starts_at_idx: "a week of the organization",
  appointment_organization_id_site_id_starts_at_idx: "a week of a site",
  appointment_agenda: "free starts",
  appointment_room_busy: "free starts where a room is needed",
  appointment_held_by: "a hold",
  appointment_hold_expiry: "the sweep of lapsed holds",
  appointment_client: "a booking of a known client",
  appointment_subject: "a subject that is archived",
  appointment_idempotency_key: "a booking of a known client",
  appointment_manage_token: "a client's link",
};

let world: Awaited<ReturnType<typeof startBooking>>;
let watched: Awaited<ReturnType<typeof openProcess>>;
let practice: Awaited<ReturnType<typeof createPractice>>;
let plans: string[] = [];

beforeAll(async () => {
  world = await startBooking();
  practice = await createPractice(world.database, { providers: 2, service: { needsRoom: true } });
  const neighbour = await createPractice(world.database);
  await createRoom(world.database, practice.organization, { siteId: practice.site.id });
  for (const { organization, site, provider } of [practice, neighbour]) {
    await world.run(
      `INSERT INTO provider (organization_id, id, name, updated_at)
       SELECT $1, gen_random_uuid(), 'Dr ' || n, now() FROM generate_series(1, 30) n`,
      [organization.id],
    );
    await world.run(
      `INSERT INTO site (organization_id, id, name, slug, timezone, updated_at)
       SELECT $1, gen_random_uuid(), 'Centre ' || n, 'centre-' || n, 'Europe/Paris', now() FROM generate_series(1, 10) n`,
      [organization.id],
    );
    // A year around today. What decides here is held apart: the first provider's agenda is free.
    await world.run(
      `INSERT INTO appointment (organization_id, id, site_id, provider_id, starts_at, ends_at, busy_from, busy_to, status, source, updated_at)
       SELECT $1, gen_random_uuid(), s.ids[1 + (p.n + d + 1000)::integer % cardinality(s.ids)], p.id, t.at, t.at + interval '30 minutes', t.at,
         t.at + interval '30 minutes', 'confirmed', 'backoffice', now()
       FROM (SELECT id, row_number() OVER () AS n FROM provider WHERE organization_id = $1 AND id <> $2) p,
         (SELECT array_agg(id) AS ids FROM site WHERE organization_id = $1 AND id <> $3) s, generate_series(-180, 180) d,
         generate_series(0, 1) h, LATERAL (SELECT date_trunc('day', now()) + make_interval(days => d, hours => 9 + h) AS at) t`,
      [organization.id, provider.id, site.id],
    );
  }
  await world.run("ANALYZE");
  const [{ name } = { name: "" }] = await world.run<{ name: string }>("SELECT current_database() AS name");
  for (const [setting, value] of Object.entries({
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_level": "notice",
    client_min_messages: "notice",
  }))
    await world.run(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
  watched = await openProcess(world.url);
  const heard = new WeakSet<object>();
  watched.database.pool.on("acquire", (client) => {
    if (heard.has(client)) return;
    heard.add(client);
    client.on("notice", ({ message }) => plans.push(message ?? ""));
  });
});
afterAll(async () => {
  await watched?.close();
  await world?.close();
});

/** The indexes of `appointment` through which the statements of some work found their rows. */
async function usedBy(work: () => Promise<unknown>): Promise<Set<string>> {
  plans = [];
  await work();
  const scans =
    /(?:Index (?:Only )?Scan(?: Backward)? using (\S+) on appointment\b|Bitmap Index Scan on (appointment_\S+))/g;
  return new Set(
    plans.flatMap((plan) => [...plan.matchAll(scans)].map((match) => match[1] ?? match[2] ?? "")),
  );
}

async function indexesOf(): Promise<string[]> {
  const rows = await world.run<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
     WHERE i.indrelid = 'appointment'::regclass AND m.amname = 'btree' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

it("each B-tree of appointments is there for something, and serves it", async () => {
  const { organization, site, username, serviceSlug } = practice;
  const user = await createUser(world.database);
  await createMembership(world.database, organization, { userId: user.id });
  const session = testSession(
    { organizationId: organization.id, slug: organization.slug, role: "owner" },
    user,
  );
  const staff = createCaller({ ...watched.services, session, requestId: "test", address: "192.0.2.7" });
  const target = { username, serviceSlug };
  const client = { name: "Léa Petit", email: "lea@example.test", locale: "fr" as const };
  const booked = await watched.visit().book({ ...target, startsAt: noonIn(3), client });
  const subject = await inTenant(world.database, organization.scope, ({ db }) =>
    db.subject.create({
      data: { organizationId: organization.id, kind: "vehicle", reference: "AB-123-CD" },
      select: { id: true },
    }),
  );
  const week = { from: noonIn(1), to: noonIn(8) };
  const works: Record<string, () => Promise<unknown>> = {
    "one appointment": () => staff.appointments.byId({ id: booked.appointmentId }),
    "a week of the organization": () => staff.appointments.list(week),
    "a week of a site": () => staff.appointments.list({ ...week, siteIds: [site.id] }),
    "free starts": () => watched.visit().slots({ ...target, from: dateIn(2), to: dateIn(9) }),
    "free starts where a room is needed": () =>
      staff.availability.explain({
        providerId: practice.provider.id,
        serviceId: practice.serviceId,
        startsAt: noonIn(5),
      }),
    "a hold": () => watched.visit().hold({ ...target, startsAt: noonIn(4) }),
    "the sweep of lapsed holds": () => watched.database.pool.query("SELECT sweep_expired_holds(100)"),
    "a booking of a known client": () =>
      watched.visit().book({ ...target, startsAt: noonIn(6), client, idempotencyKey: "a key of theirs" }),
    "a subject that is archived": () => staff.directory.subjects.archive({ id: subject.id, archived: true }),
    "a client's link": () => watched.visit().manage(booked),
  };
  const used: Record<string, string[]> = {};
  for (const [what, work] of Object.entries(works)) used[what] = [...(await usedBy(work))];
  expect(await indexesOf()).toEqual(Object.keys(reasons).sort());
  for (const [index, what] of Object.entries(reasons))
    expect({ what, used: used[what] }).toEqual({ what, used: expect.arrayContaining([index]) });
});

it("twin: one more is found", async () => {
  await world.run("CREATE INDEX appointment_price ON appointment (price_cents)");
  expect(await indexesOf()).not.toEqual(Object.keys(reasons).sort());
  await world.run("DROP INDEX appointment_price");
});
