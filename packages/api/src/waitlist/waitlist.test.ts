import { inTenant } from "@creneau/db/in-tenant";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createPractice,
  dateIn,
  linkSecret,
  noonIn,
  openProcess,
  refusal,
  startBooking,
} from "../booking/booking.fixture.ts";
import type { Role, Seat } from "../identity/session.ts";
import type { JobServices } from "../jobs/define-job.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";
import { matchWaitlist } from "./match-waitlist.ts";
import { tellWaiting } from "./tell-waiting.ts";

const createCaller = createCallerFactory(appRouter);
type Practice = Awaited<ReturnType<typeof createPractice>>;
interface SentMail {
  to: string;
  subject: string;
  text: string;
}

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

/** A visitor, on the process of `world` or another. */
function visitor(services = world.services) {
  return createCaller({ ...services, session: null, requestId: "test", address: "192.0.2.1" }).waitlist;
}

function worker(sent: SentMail[] = [], { database, services } = world): JobServices {
  return {
    database,
    now: services.now,
    log: services.log,
    appUrl: "https://creneau.example",
    linkSecret,
    mailer: {
      address: "noreply@creneau.example",
      send: async (mail) => void sent.push(mail),
      close: () => undefined,
    } as JobServices["mailer"],
  };
}

/** Full, as whoever joins a waitlist finds it. */
const full = (practice: Practice) => fullButFor(practice, { day: 3, halfHours: 0 });

/** Nobody is there for the coming fortnight, save from noon on that day for so many half hours. */
async function fullButFor(practice: Practice, { day, halfHours }: { day: number; halfHours: number }) {
  const { organization, team } = practice;
  await inTenant(world.database, organization.scope, async ({ db }) => {
    await db.timeOff.deleteMany({});
    const away = (providerId: string, startsAt: string, endsAt: string) =>
      db.timeOff.create({
        data: {
          organizationId: organization.id,
          providerId,
          startsAt: new Date(startsAt),
          endsAt: new Date(endsAt),
        },
      });
    for (const { id } of team) {
      await away(id, noonIn(-1), noonIn(day));
      await away(id, noonIn(day, 30 * halfHours), noonIn(15));
    }
  });
}

const wish = (practice: Practice, email: string, changes: object = {}) => ({
  username: practice.username,
  serviceSlug: practice.serviceSlug,
  fromDate: dateIn(0),
  toDate: dateIn(10),
  client: { name: "Léa Petit", email, phone: "06 12 34 56 78" },
  ...changes,
});

const match = (practice: Practice) => matchWaitlist(worker(), practice.organization.scope);
const states = async (...tokens: string[]) => {
  const found: string[] = [];
  for (const waitlistToken of tokens) found.push((await visitor().entry({ waitlistToken })).state);
  return found;
};

describe("the waitlist", () => {
  it("offers a time that comes free to whoever came first, and books it on their word alone", async () => {
    const practice = await createPractice(world.database);
    await full(practice);
    const first = (await visitor().join(wish(practice, "first@example.test"))).waitlistToken;
    const second = (await visitor().join(wish(practice, "second@example.test"))).waitlistToken;
    expect(await match(practice)).toBe(0);
    expect(await states(first, second)).toEqual(["waiting", "waiting"]);

    await fullButFor(practice, { day: 3, halfHours: 1 });
    expect(await match(practice)).toBe(1);
    expect(await match(practice)).toBe(0);
    expect(await states(first, second)).toEqual(["offered", "waiting"]);
    const entry = await visitor().entry({ waitlistToken: first });
    expect(entry.offer).toMatchObject({ startsAt: noonIn(3), endsAt: noonIn(3, 30) });
    expect(entry.manageToken).toBeNull();
    // It is kept for them: nobody else can book it.
    const rival = { username: practice.username, serviceSlug: practice.serviceSlug, startsAt: noonIn(3) };
    expect((await refusal(world.visit().hold(rival))).code).toBe("slot_taken");

    const booked = await visitor().accept({ waitlistToken: first });
    expect(booked).toMatchObject({ status: "confirmed", startsAt: noonIn(3) });
    expect(await visitor().accept({ waitlistToken: first })).toEqual(booked);
    expect(await visitor().entry({ waitlistToken: first })).toMatchObject({
      state: "booked",
      manageToken: booked.manageToken,
    });
    expect(await world.visit().manage({ manageToken: booked.manageToken })).toMatchObject({
      client: { name: "Léa Petit", hasEmail: true },
    });
    // What is decided stays decided, whatever is asked next.
    await visitor().decline({ waitlistToken: first });
    await visitor().leave({ waitlistToken: first });
    expect(await states(first, second)).toEqual(["booked", "waiting"]);
    expect(await match(practice)).toBe(0);
  });

  it("passes a time on when it is declined or let pass, and does not offer it to the same person again", async () => {
    const practice = await createPractice(world.database);
    await full(practice);
    const tokens: string[] = [];
    for (const name of ["a", "b", "c"])
      tokens.push((await visitor().join(wish(practice, `${name}@example.test`))).waitlistToken);
    const [a = "", b = "", c = ""] = tokens;
    await fullButFor(practice, { day: 3, halfHours: 1 });
    await match(practice);
    expect(await states(a, b, c)).toEqual(["offered", "waiting", "waiting"]);
    expect(await visitor().decline({ waitlistToken: a })).toMatchObject({ state: "waiting", offer: null });
    expect((await refusal(visitor().accept({ waitlistToken: a }))).code).toBe("hold_expired");
    await match(practice);
    expect(await states(a, b, c)).toEqual(["waiting", "offered", "waiting"]);

    const until = (await visitor().entry({ waitlistToken: b })).offer?.until ?? "";
    const later = await openProcess(world.url);
    later.pass(Date.parse(until) - Date.now() + 1000);
    const lateWorker = worker([], { ...world, services: later.services });
    expect((await refusal(visitor(later.services).accept({ waitlistToken: b }))).code).toBe("hold_expired");
    expect(await matchWaitlist(lateWorker, practice.organization.scope)).toBe(1);
    expect((await visitor(later.services).entry({ waitlistToken: b })).state).toBe("waiting");
    expect((await visitor(later.services).entry({ waitlistToken: c })).state).toBe("offered");
    await later.close();
  });

  it("offers nothing that was free when they joined, for it did not suit them", async () => {
    const practice = await createPractice(world.database);
    await fullButFor(practice, { day: 3, halfHours: 2 });
    const { waitlistToken } = await visitor().join(wish(practice, "lea@example.test"));
    expect(await match(practice)).toBe(0);
    await fullButFor(practice, { day: 3, halfHours: 3 });
    expect(await match(practice)).toBe(1);
    // 12:45 overlaps what they have seen, and begins with what they have not.
    expect((await visitor().entry({ waitlistToken })).offer?.startsAt).toBe(noonIn(3, 45));
  });

  it("keeps to the days, the times and the provider that are wished, on the site's clock", async () => {
    const practice = await createPractice(world.database, { timezone: "Asia/Kathmandu", providers: 2 });
    await full(practice);
    const [, colleague] = practice.team;
    // Noon UTC is 17:45 there.
    const join = async (changes: object) =>
      (await visitor().join(wish(practice, "x@example.test", changes))).waitlistToken;
    const tooEarly = await join({ startMinute: 0, endMinute: 17 * 60 + 45 });
    const otherDay = await join({ fromDate: dateIn(4) });
    const evening = await join({
      startMinute: 18 * 60,
      username: practice.organization.slug,
      providerId: colleague?.id,
    });
    await fullButFor(practice, { day: 3, halfHours: 4 });
    await match(practice);
    expect(await states(tooEarly, otherDay, evening)).toEqual(["waiting", "waiting", "offered"]);
    const { offer, providerName, timezone } = await visitor().entry({ waitlistToken: evening });
    expect(offer?.startsAt).toBe(noonIn(3, 15));
    expect(offer?.providerName).toBe(providerName);
    expect(timezone).toBe("Asia/Kathmandu");
  });

  it("gives each time to one person, however many workers look at once", async () => {
    const practice = await createPractice(world.database);
    await full(practice);
    const tokens: string[] = [];
    for (const name of ["a", "b", "c", "d", "e", "f"])
      tokens.push((await visitor().join(wish(practice, `${name}@example.test`))).waitlistToken);
    await fullButFor(practice, { day: 3, halfHours: 2 });
    const other = await openProcess(world.url);
    const offers = await Promise.all(
      [world, other, world, other].map((process) =>
        matchWaitlist(worker([], { ...world, ...process }), practice.organization.scope),
      ),
    );
    // What a worker could not take in this race is looked at again by the next run.
    const total = offers.reduce((sum, count) => sum + count, 0) + (await match(practice));
    expect(total).toBe(2);
    expect((await states(...tokens)).filter((state) => state === "offered")).toHaveLength(2);
    const holds = await world.run<{ starts_at: Date }>(
      "SELECT starts_at FROM appointment WHERE organization_id = $1 AND status = 'held' ORDER BY 1",
      [practice.organization.id],
    );
    expect(holds.map(({ starts_at }) => starts_at.toISOString())).toEqual([noonIn(3), noonIn(3, 30)]);
    await other.close();
  });

  it("writes when somebody joins and when a time is kept for them, and not about what is over", async () => {
    const practice = await createPractice(world.database);
    await full(practice);
    const { waitlistToken } = await visitor().join(wish(practice, "lea@example.test"));
    const sent: SentMail[] = [];
    const queued = async () => {
      const rows = await world.run<{ data: Parameters<typeof tellWaiting>[0] }>(
        "SELECT data FROM pgboss.job_common WHERE name = 'waitlist.tell' AND data ->> 'organizationId' = $1 ORDER BY created_on",
        [practice.organization.id],
      );
      return rows.map(({ data }) => data);
    };
    expect(await queued()).toHaveLength(1);
    await fullButFor(practice, { day: 3, halfHours: 1 });
    await match(practice);
    const [joined, offered] = await queued();
    if (!joined || !offered) throw new Error("Two mails were to be queued");
    await tellWaiting(joined, worker(sent));
    await tellWaiting(offered, worker(sent));
    expect(sent.map(({ to, subject }) => [to, subject.slice(0, 24)])).toEqual([
      ["lea@example.test", "Vous êtes sur la liste d"],
      ["lea@example.test", "Une place s’est libérée "],
    ]);
    for (const { text } of sent)
      expect(text).toContain(`https://creneau.example/fr/waitlist/${waitlistToken}`);
    // The link lies nowhere at rest.
    const [{ at_rest } = { at_rest: true }] = await world.run<{ at_rest: boolean }>(
      `SELECT EXISTS (SELECT FROM pgboss.job_common j WHERE j::text LIKE '%' || $1 || '%')
         OR EXISTS (SELECT FROM waitlist_entry e WHERE e::text LIKE '%' || $1 || '%') AS at_rest`,
      [waitlistToken],
    );
    expect(at_rest).toBe(false);
    await visitor().decline({ waitlistToken });
    await tellWaiting(offered, worker(sent));
    expect(sent).toHaveLength(2);
  });

  it("is looked at when a booking is cancelled or moved, and not where nobody waits", async () => {
    const quiet = await createPractice(world.database);
    const waited = await createPractice(world.database);
    const queued = async ({ organization }: Practice) => {
      const [row] = await world.run<{ count: number }>(
        `SELECT count(*)::integer AS count FROM pgboss.job_common
         WHERE name = 'waitlist.match' AND data ->> 'organizationId' = $1 AND singleton_key LIKE '%freed%'`,
        [organization.id],
      );
      return row?.count;
    };
    await visitor().join(wish(waited, "lea@example.test", { fromDate: dateIn(9) }));
    for (const practice of [quiet, waited]) {
      const client = { name: "Noé", email: "noe@example.test" };
      const { manageToken } = await world.visit().book({ ...practice, startsAt: noonIn(4), client });
      expect(await queued(practice)).toBe(0);
      await world.visit().cancel({ manageToken });
    }
    expect([await queued(quiet), await queued(waited)]).toEqual([0, 1]);
  });

  it("refuses what cannot be wished, and folds a request sent twice", async () => {
    const practice = await createPractice(world.database);
    const join = (changes: object) => visitor().join(wish(practice, "lea@example.test", changes));
    for (const [changes, field] of [
      [{ client: { name: "Léa", phone: "06 12 34 56 78" } }, "client.email"],
      [{ fromDate: dateIn(5), toDate: dateIn(4) }, "toDate"],
      [{ fromDate: dateIn(-9), toDate: dateIn(-5) }, "toDate"],
      [{ toDate: dateIn(120) }, "toDate"],
      [{ fromDate: "9999-12-30", toDate: "9999-12-31" }, "toDate"],
      [{ startMinute: 600, endMinute: 600 }, "endMinute"],
    ] as const) {
      expect(await refusal(join(changes)), field).toMatchObject({
        code: "invalid_input",
        details: { field },
      });
    }
    expect((await refusal(join({ username: "nobody-here" }))).code).toBe("not_found");
    const idempotencyKey = "a key that nobody guesses";
    const [one, two] = await Promise.all([join({ idempotencyKey }), join({ idempotencyKey })]);
    expect(one).toEqual(two);
    expect(
      (await refusal(visitor().join(wish(practice, "other@example.test", { idempotencyKey })))).code,
    ).toBe("idempotency_conflict");
    // Five at most, however many are asked for at once.
    const more = await Promise.all(Array.from({ length: 8 }, () => join({}).catch(() => null)));
    expect(more.filter((entry) => entry !== null)).toHaveLength(4);
    expect((await refusal(join({}))).code).toBe("rate_limited");
  });
});

describe("its public doors", () => {
  it("are never an internal error, whatever is sent", async () => {
    const practice = await createPractice(world.database);
    const { waitlistToken } = await visitor().join(wish(practice, "lea@example.test"));
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("", "a\0b", "\ud800", "0001-01-01", "9999-12-31", "2026-02-30", "'; DROP TABLE x"),
    );
    const orOdd = (...values: unknown[]) =>
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, odd);
    const link = fc.record({ waitlistToken: orOdd(waitlistToken) });
    const inputs: Record<string, fc.Arbitrary<unknown>> = {
      join: fc.record({
        username: orOdd(practice.username, practice.organization.slug),
        serviceSlug: orOdd(practice.serviceSlug),
        siteSlug: fc.option(orOdd(practice.site.slug), { nil: undefined }),
        providerId: fc.option(orOdd("anyone", practice.provider.id), { nil: undefined }),
        subject: fc.option(fc.record({ attributes: fc.dictionary(odd, fc.anything(), { maxKeys: 2 }) }), {
          nil: undefined,
        }),
        fromDate: orOdd(dateIn(0), dateIn(3)),
        toDate: orOdd(dateIn(3), dateIn(20)),
        startMinute: fc.option(fc.integer(), { nil: undefined }),
        endMinute: fc.option(fc.oneof(fc.constant(720), fc.integer()), { nil: undefined }),
        client: fc.record({
          name: orOdd("A"),
          email: fc.emailAddress(),
          phone: orOdd("0612345678", undefined),
        }),
        idempotencyKey: fc.option(odd, { nil: undefined }),
      }),
      entry: link,
      decline: link,
      accept: link,
      leave: link,
    };
    const offered = Object.keys(appRouter._def.procedures).filter((path) => path.startsWith("waitlist."));
    const forStaff = ["waitlist.list", "waitlist.remove"];
    expect([...Object.keys(inputs).map((name) => `waitlist.${name}`), ...forStaff].sort()).toEqual(
      offered.sort(),
    );
    let accepted = 0;
    const doors = visitor() as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    for (const [name, input] of Object.entries(inputs)) {
      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          try {
            await doors[name]?.(value);
            accepted += 1;
          } catch (error) {
            const { code, cause } = error as { code: string; cause?: unknown };
            expect(code, `${name} ${JSON.stringify(value)} ${String(cause)}`).not.toBe(
              "INTERNAL_SERVER_ERROR",
            );
          }
        }),
        { numRuns: 60 },
      );
    }
    // Some of it must have got through, or nothing was tried.
    expect(accepted).toBeGreaterThan(20);
    await matchWaitlist(worker(), practice.organization.scope);
  }, 60_000);
});

describe("staff", () => {
  const staff = ({ organization, provider }: Practice, role: Role, siteIds: string[] = []) => {
    const seat: Seat = {
      organizationId: organization.id,
      slug: organization.slug,
      name: "",
      role,
      siteIds,
      providerId: null,
    };
    const user = {
      id: provider.userId,
      email: "desk@example.test",
      name: "Desk",
      username: null,
      locale: "fr",
      timezone: "Europe/Paris",
      theme: "system",
    };
    const session = { user, sessionVersion: 1, seats: [seat], seat };
    return createCaller({ ...world.services, session, requestId: "test", address: "192.0.2.1" }).waitlist;
  };

  it("see who waits at their sites, and take entries off the list; nobody sees another organization's", async () => {
    const practice = await createPractice(world.database);
    const foreign = await createPractice(world.database);
    await full(practice);
    const { waitlistToken } = await visitor().join(wish(practice, "lea@example.test"));
    await visitor().join(wish(foreign, "noe@example.test"));
    await fullButFor(practice, { day: 3, halfHours: 1 });
    await match(practice);
    const desk = staff(practice, "operator");
    const { items } = await desk.list({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      state: "offered",
      name: "Léa Petit",
      email: "lea@example.test",
      phone: "+33612345678",
      offers: 1,
      offer: { startsAt: noonIn(3) },
    });
    const id = items[0]?.id ?? "";
    expect((await staff(practice, "operator", [foreign.site.id]).list({})).items).toEqual([]);
    expect((await refusal(staff(practice, "operator", [foreign.site.id]).remove({ id }))).code).toBe(
      "not_found",
    );
    expect((await refusal(staff(practice, "viewer").list({}))).code).toBe("forbidden");
    expect((await refusal(staff(foreign, "owner").remove({ id }))).code).toBe("not_found");
    expect(await states(waitlistToken)).toEqual(["offered"]);

    await desk.remove({ id });
    expect(await states(waitlistToken)).toEqual(["ended"]);
    expect((await desk.list({})).items).toEqual([]);
    expect((await desk.list({ includeEnded: true })).items).toHaveLength(1);
    // The time is free again.
    await world
      .visit()
      .hold({ username: practice.username, serviceSlug: practice.serviceSlug, startsAt: noonIn(3) });
    const [audit] = await world.run<{ diff: object }>("SELECT diff FROM audit WHERE entity_id = $1", [id]);
    expect(JSON.stringify(audit)).not.toContain("lea@");
  });

  it("page through a long list", async () => {
    const practice = await createPractice(world.database);
    for (let index = 0; index < 5; index++)
      await visitor().join(wish(practice, `n${index}@example.test`, { fromDate: dateIn(9) }));
    const desk = staff(practice, "owner");
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { email: string }[]; nextCursor: string | null } = await desk.list({
        limit: 2,
        cursor,
      });
      names.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names).toEqual([0, 1, 2, 3, 4].map((index) => `n${index}@example.test`));
    expect((await refusal(desk.list({ cursor: "yesterday 1" }))).code).toBeUndefined();
  });
});
