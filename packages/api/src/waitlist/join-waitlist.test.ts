import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, dateIn, refusal } from "../booking/booking.fixture.ts";
import { appRouter } from "../root.ts";
import { openWaitlist, wish } from "./waitlist.fixture.ts";

let list: Awaited<ReturnType<typeof openWaitlist>>;
beforeAll(async () => {
  list = await openWaitlist();
});
afterAll(() => list.close());

describe("a visitor's doors to the waitlist", () => {
  it("refuse what cannot be wished, and fold a request sent twice", async () => {
    const practice = await createPractice(list.world.database);
    const join = (changes: object) => list.visitor().join(wish(practice, "lea@example.test", changes));
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
      (await refusal(list.visitor().join(wish(practice, "other@example.test", { idempotencyKey })))).code,
    ).toBe("idempotency_conflict");
    // Five at most, however many are asked for at once.
    const more = await Promise.all(Array.from({ length: 8 }, () => join({}).catch(() => null)));
    expect(more.filter((entry) => entry !== null)).toHaveLength(4);
    expect((await refusal(join({}))).code).toBe("rate_limited");
  });

  it("are never an internal error, whatever is sent", async () => {
    const practice = await createPractice(list.world.database);
    const { waitlistToken } = await list.visitor().join(wish(practice, "lea@example.test"));
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
    const doors = list.visitor() as unknown as Record<string, (input: unknown) => Promise<unknown>>;
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
    await list.match(practice);
  }, 60_000);
});
