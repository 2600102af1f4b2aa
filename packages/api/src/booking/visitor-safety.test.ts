import { inTenant } from "@creneau/db/in-tenant";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";
import {
  createPractice,
  dateIn,
  linkSecret,
  noonIn,
  refusal,
  startBooking,
  type Visitor,
} from "./booking.fixture.ts";
import { linkHash, portalTokenOf } from "./link-tokens.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

const client = {
  name: "Léa Petit",
  email: "lea@example.test",
  phone: "06 12 34 56 78",
  locale: "fr" as const,
};

/** An answer, of a subscription the first. */
async function answerOf(answer: unknown): Promise<unknown> {
  if (typeof answer !== "object" || answer === null || !(Symbol.asyncIterator in answer)) return answer;
  for await (const first of answer as AsyncIterable<unknown>) return first;
  return undefined;
}

describe("public answers", () => {
  it("hold nothing that is not the visitor's", async () => {
    const practice = await createPractice(world.database);
    const { username, serviceSlug, organization } = practice;
    const secret = "MARKER-SECRET";
    await world.run("UPDATE site SET latitude = 48.86, longitude = 2.34 WHERE id = $1", [practice.site.id]);
    const own = await world
      .visit()
      .book({ ...practice, startsAt: noonIn(3), client, answers: { Question: "Ma réponse" } });
    const other = await world.visit().book({
      ...practice,
      startsAt: noonIn(4),
      client: { name: `${secret} Autre`, email: "marker-secret@example.test" },
      attendees: [{ name: `${secret} Invité`, email: "marker-secret-2@example.test" }],
      answers: { Question: `${secret} réponse` },
    });
    const hold = await world.visit().hold({ ...practice, startsAt: noonIn(6) });
    await inTenant(world.database, organization.scope, async ({ db }) => {
      const organizationId = organization.id;
      const authorUserId = practice.provider.userId;
      await db.note.create({
        data: {
          organizationId,
          appointmentId: own.appointmentId,
          kind: "internal",
          authorUserId,
          body: `${secret} note`,
        },
      });
      await db.note.create({
        data: { organizationId, appointmentId: own.appointmentId, kind: "system", body: `${secret} system` },
      });
      await db.note.create({
        data: {
          organizationId,
          appointmentId: own.appointmentId,
          kind: "shared",
          authorUserId,
          body: "Pour vous",
          sharedAt: new Date(),
        },
      });
      await db.timeOff.create({
        data: {
          organizationId,
          providerId: practice.provider.id,
          startsAt: new Date(noonIn(5, -60)),
          endsAt: new Date(noonIn(5, 60)),
          reason: `${secret} reason`,
        },
      });
      await db.appointment.updateMany({
        where: { organizationId, id: own.appointmentId },
        data: { description: `${secret} description`, title: `${secret} title` },
      });
    });
    const [row] = await world.run<{ client_id: string }>("SELECT client_id FROM appointment WHERE id = $1", [
      own.appointmentId,
    ]);
    const portalToken = portalTokenOf(linkSecret, row?.client_id ?? "");
    const range = { from: dateIn(2), to: dateIn(8) };
    const target = { username, serviceSlug };
    const answers: { procedure: string; answer: unknown }[] = [];
    /** Asks as a visitor, and keeps what is said, refusals with all that they carry. */
    const ask = async <Answer>(procedure: keyof Visitor, input: object): Promise<Answer> => {
      const call = world.visit()[procedure] as (input: object) => Promise<unknown>;
      const answer = await call(input).then(answerOf, (error: { message: string; cause?: unknown }) => [
        error.message,
        (error.cause as { details?: unknown } | undefined)?.details,
      ]);
      answers.push({ procedure, answer });
      return answer as Answer;
    };
    const { manageToken, appointmentId } = own;
    await ask("page", { username });
    await ask("page", { username: organization.slug });
    await ask("slots", { ...target, ...range });
    await ask("firstAvailable", target);
    await ask("onSlots", { ...target, ...range });
    await ask("search", { organizationSlug: organization.slug, serviceSlug, postalCode: "75001" });
    await ask("hold", { ...target, startsAt: noonIn(4) });
    await ask("hold", { ...target, startsAt: noonIn(5) });
    const { holdToken } = await ask<{ holdToken: string }>("hold", { ...target, startsAt: noonIn(7) });
    await ask("extendHold", { holdToken });
    await ask("confirm", { holdToken, client });
    await ask("releaseHold", { holdToken });
    await ask("book", { ...target, startsAt: noonIn(7, 90), client });
    await ask("book", { ...target, startsAt: noonIn(4), client });
    await ask("manage", { manageToken });
    await ask("moveSlots", { manageToken, ...range });
    await ask("reschedule", { manageToken, startsAt: noonIn(4) });
    await ask("reschedule", { manageToken, startsAt: noonIn(5) });
    await ask("portal", { portalToken });
    await ask("addNote", { portalToken, appointmentId, body: "Merci" });
    await ask("addNote", { portalToken, appointmentId: other.appointmentId, body: "Merci" });
    await ask("cancel", { portalToken, appointmentId: other.appointmentId });
    await ask("tellGuests", { portalToken, appointmentId });
    await ask("cancel", { portalToken, appointmentId });
    // A new procedure is asked too, or this fails.
    expect([...new Set(answers.map(({ procedure }) => `booking.${procedure}`))].sort()).toEqual(
      Object.keys(appRouter._def.procedures)
        .filter((path) => path.startsWith("booking."))
        .sort(),
    );
    const text = JSON.stringify(answers);
    expect(text).toContain("Pour vous");
    const found = answers.find(({ procedure }) => procedure === "search")?.answer;
    expect(found).toMatchObject({ sites: [{ site: { slug: practice.site.slug } }] });
    for (const marker of [
      secret,
      "marker-secret",
      other.appointmentId,
      other.manageToken,
      hold.holdToken,
      organization.id,
      linkHash(own.manageToken),
    ]) {
      expect(text.includes(marker), marker).toBe(false);
    }
    expect(text).not.toMatch(/"(organizationId|tokenHash|internal|userId|created_by|busyFrom)"/);
    // The twin: what is looked for is there to be found, by whoever holds the other's link.
    const { client_id: otherId } =
      (
        await world.run<{ client_id: string }>("SELECT client_id FROM appointment WHERE id = $1", [
          other.appointmentId,
        ])
      )[0] ?? {};
    const theirs = await world.visit().portal({ portalToken: portalTokenOf(linkSecret, otherId ?? "") });
    expect(JSON.stringify(theirs)).toContain(secret);
  });

  it("never cross organizations", async () => {
    const mine = await createPractice(world.database);
    const theirs = await createPractice(world.database);
    const { username } = mine;
    expect(
      (
        await refusal(
          world.visit().slots({ username, serviceSlug: theirs.serviceSlug, from: dateIn(1), to: dateIn(2) }),
        )
      ).code,
    ).toBe("not_found");
    expect(
      (
        await refusal(
          world.visit().hold({
            username: mine.organization.slug,
            serviceSlug: mine.serviceSlug,
            providerId: theirs.provider.id,
            startsAt: noonIn(3),
          }),
        )
      ).code,
    ).toBe("not_found");
    expect(
      (
        await refusal(
          world.visit().hold({
            username,
            serviceSlug: mine.serviceSlug,
            siteSlug: theirs.site.slug,
            startsAt: noonIn(3),
          }),
        )
      ).code,
    ).toBe("not_found");
    expect(mintTenantScope(mine.organization.id)).toBeTruthy();
  });

  it("are never an internal error, whatever is sent", async () => {
    const practice = await createPractice(world.database);
    const { username, serviceSlug, organization, provider, site } = practice;
    const { manageToken } = await world.visit().book({ ...practice, startsAt: noonIn(3), client });
    const { holdToken } = await world.visit().hold({ ...practice, startsAt: noonIn(4) });
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom(
        "",
        "\0",
        "a\0b",
        "../..",
        "'; DROP TABLE x",
        "\ud800",
        "9999-12-31",
        "0001-01-01",
        "+275760-09-13T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z",
        "2026-02-30",
      ),
    );
    const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(username, organization.slug) }, odd);
    const moment = fc.oneof(
      fc.constantFrom(dateIn(0), dateIn(3), noonIn(3), noonIn(-3), noonIn(3, 7), noonIn(400)),
      odd,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const anything = fc.oneof(odd, fc.anything());
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const target = {
      username: name,
      serviceSlug: fc.oneof({ weight: 3, arbitrary: fc.constant(serviceSlug) }, odd),
      siteSlug: maybe(fc.oneof(fc.constant(site.slug), odd)),
      providerId: maybe(fc.oneof(fc.constantFrom("anyone", provider.id), odd)),
      timezone: maybe(fc.oneof(fc.constantFrom("Asia/Kathmandu", "America/St_Johns", "+02:00"), odd)),
    };
    const person = fc.record({
      name: fc.oneof(fc.constant("A"), odd),
      email: maybe(fc.oneof(fc.emailAddress(), odd)),
      phone: maybe(fc.oneof(fc.constant("0612345678"), odd)),
      locale: maybe(odd),
      timezone: maybe(odd),
    });
    const details = {
      client: fc.oneof(person, anything),
      attendees: maybe(fc.oneof(fc.array(person, { maxLength: 3 }), anything)),
      answers: maybe(fc.oneof(fc.dictionary(odd, odd, { maxKeys: 3 }), anything)),
      idempotencyKey: maybe(fc.oneof(fc.uuid(), odd)),
    };
    const link = fc.oneof(
      { weight: 2, arbitrary: fc.record({ manageToken: fc.oneof(fc.constant(manageToken), odd) }) },
      fc.record({ portalToken: odd, appointmentId: odd }),
    );
    const mixed = (extra: Record<string, fc.Arbitrary<unknown>>) =>
      fc.tuple(link, fc.record(extra)).map(([a, b]) => ({ ...a, ...b }));
    const token = fc.record({ holdToken: fc.oneof(fc.constant(holdToken), odd) });
    const inputs: Record<string, fc.Arbitrary<unknown>> = {
      page: fc.record({ username: name, siteSlug: maybe(odd), locale: maybe(odd) }),
      slots: fc.record({ ...target, from: moment, to: moment }),
      firstAvailable: fc.record({ ...target, from: maybe(moment), limit: maybe(fc.integer()) }),
      search: fc.record({
        organizationSlug: name,
        serviceSlug: target.serviceSlug,
        postalCode: maybe(fc.oneof(fc.constantFrom("75001", "00000", "97411"), odd)),
        place: maybe(fc.oneof(fc.constantFrom("Pa", "%_", "\\"), odd)),
        order: maybe(fc.constantFrom("earliest", "nearest")),
        lat: maybe(fc.double()),
        lon: maybe(fc.double()),
        radiusKm: maybe(fc.double()),
        from: maybe(moment),
        limit: maybe(fc.integer()),
      }),
      hold: fc.record({ ...target, startsAt: moment, challenge: maybe(anything) }),
      extendHold: token,
      releaseHold: fc.record({ holdToken: odd }),
      confirm: fc.record({ holdToken: fc.oneof(fc.constant(holdToken), odd), ...details }),
      book: fc.record({ ...target, startsAt: moment, ...details }),
      manage: fc.record({ manageToken: fc.oneof(fc.constant(manageToken), odd) }),
      moveSlots: mixed({ from: moment, to: moment, timezone: target.timezone }),
      reschedule: mixed({ startsAt: moment }),
      cancel: mixed({ reason: maybe(anything) }),
      portal: fc.record({ portalToken: odd }),
      tellGuests: fc.record({ portalToken: odd, appointmentId: odd }),
      addNote: fc.record({ portalToken: odd, appointmentId: odd, body: odd }),
      onSlots: fc.record({
        ...target,
        from: moment,
        to: moment,
        lastEventId: maybe(odd),
        version: maybe(odd),
      }),
    };
    // A new procedure comes with inputs that reach beyond its schema, or this fails.
    const offered = Object.keys(appRouter._def.procedures).filter((path) => path.startsWith("booking."));
    expect(
      Object.keys(inputs)
        .map((name) => `booking.${name}`)
        .sort(),
    ).toEqual(offered.sort());
    const visitor = world.visit({ bookingLimits: { liveHolds: 5, liveBookings: 5 } }) as unknown as Record<
      string,
      (input: unknown) => Promise<unknown>
    >;
    for (const [procedure, input] of Object.entries(inputs)) {
      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          try {
            await answerOf(await visitor[procedure]?.(value));
          } catch (error) {
            const known = error as { code: string; cause?: unknown };
            expect(known.code, `${procedure} ${JSON.stringify(value)} ${String(known.cause)}`).not.toBe(
              "INTERNAL_SERVER_ERROR",
            );
          }
        }),
        { numRuns: 60 },
      );
    }
  }, 60_000);

  it("are refusals, at every door of the whole API, to a stranger who sends anything", async () => {
    const nobody = createCallerFactory(appRouter)({
      ...world.services,
      session: null,
      requestId: "test",
      address: "192.0.2.9",
    }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
    const paths = Object.keys(appRouter._def.procedures);
    expect(paths.length).toBeGreaterThan(50);
    for (const path of paths) {
      const call = path
        .split(".")
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], nobody) as (
        input: unknown,
      ) => Promise<unknown>;
      await fc.assert(
        fc.asyncProperty(fc.anything(), async (value) => {
          try {
            await answerOf(await call(value));
          } catch (error) {
            expect((error as { code: string }).code, path).not.toBe("INTERNAL_SERVER_ERROR");
          }
        }),
        { numRuns: 10 },
      );
    }
  }, 60_000);
});
