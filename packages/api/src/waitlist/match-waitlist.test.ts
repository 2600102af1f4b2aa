import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, dateIn, noonIn, openProcess, refusal } from "../booking/booking.fixture.ts";
import { reactToAll } from "../reactions.fixture.ts";
import { tellWaiting } from "./tell-waiting.ts";
import { openWaitlist, type Practice, type SentMail, wish } from "./waitlist.fixture.ts";

let list: Awaited<ReturnType<typeof openWaitlist>>;
beforeAll(async () => {
  list = await openWaitlist();
});
afterAll(() => list.close());

describe("the waitlist", () => {
  it("offers a time that comes free to whoever came first, and books it on their word alone", async () => {
    const practice = await createPractice(list.world.database);
    await list.full(practice);
    const first = (await list.visitor().join(wish(practice, "first@example.test"))).waitlistToken;
    const second = (await list.visitor().join(wish(practice, "second@example.test"))).waitlistToken;
    expect(await list.match(practice)).toBe(0);
    expect(await list.states(first, second)).toEqual(["waiting", "waiting"]);

    await list.fullButFor(practice, { day: 3, halfHours: 1 });
    expect(await list.match(practice)).toBe(1);
    expect(await list.match(practice)).toBe(0);
    expect(await list.states(first, second)).toEqual(["offered", "waiting"]);
    const entry = await list.visitor().entry({ waitlistToken: first });
    expect(entry.offer).toMatchObject({ startsAt: noonIn(3), endsAt: noonIn(3, 30) });
    expect(entry.manageToken).toBeNull();
    // It is kept for them: nobody else can book it.
    const rival = { username: practice.username, serviceSlug: practice.serviceSlug, startsAt: noonIn(3) };
    expect((await refusal(list.world.visit().hold(rival))).code).toBe("slot_taken");

    const booked = await list.visitor().accept({ waitlistToken: first });
    expect(booked).toMatchObject({ status: "confirmed", startsAt: noonIn(3) });
    expect(await list.visitor().accept({ waitlistToken: first })).toEqual(booked);
    expect(await list.visitor().entry({ waitlistToken: first })).toMatchObject({
      state: "booked",
      manageToken: booked.manageToken,
    });
    expect(await list.world.visit().manage({ manageToken: booked.manageToken })).toMatchObject({
      client: { name: "Léa Petit", hasEmail: true },
    });
    // What is decided stays decided, whatever is asked next.
    await list.visitor().decline({ waitlistToken: first });
    await list.visitor().leave({ waitlistToken: first });
    expect(await list.states(first, second)).toEqual(["booked", "waiting"]);
    expect(await list.match(practice)).toBe(0);
  });

  it("passes a time on when it is declined or let pass, and does not offer it to the same person again", async () => {
    const practice = await createPractice(list.world.database);
    await list.full(practice);
    const tokens: string[] = [];
    for (const name of ["a", "b", "c"])
      tokens.push((await list.visitor().join(wish(practice, `${name}@example.test`))).waitlistToken);
    const [a = "", b = "", c = ""] = tokens;
    await list.fullButFor(practice, { day: 3, halfHours: 1 });
    await list.match(practice);
    expect(await list.states(a, b, c)).toEqual(["offered", "waiting", "waiting"]);
    expect(await list.visitor().decline({ waitlistToken: a })).toMatchObject({
      state: "waiting",
      offer: null,
    });
    expect((await refusal(list.visitor().accept({ waitlistToken: a }))).code).toBe("hold_expired");
    await list.match(practice);
    expect(await list.states(a, b, c)).toEqual(["waiting", "offered", "waiting"]);

    await list.world.run(
      "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE organization_id = $1 AND status = 'held'",
      [practice.organization.id],
    );
    expect((await refusal(list.visitor().accept({ waitlistToken: b }))).code).toBe("hold_expired");
    expect(await list.match(practice)).toBe(1);
    expect(await list.states(b, c)).toEqual(["waiting", "offered"]);
  });

  it("offers nothing that was free when they joined, for it did not suit them", async () => {
    const practice = await createPractice(list.world.database);
    await list.fullButFor(practice, { day: 3, halfHours: 2 });
    const { waitlistToken } = await list.visitor().join(wish(practice, "lea@example.test"));
    expect(await list.match(practice)).toBe(0);
    await list.fullButFor(practice, { day: 3, halfHours: 3 });
    expect(await list.match(practice)).toBe(1);
    // 12:45 overlaps what they have seen, and begins with what they have not.
    expect((await list.visitor().entry({ waitlistToken })).offer?.startsAt).toBe(noonIn(3, 45));
  });

  it("keeps to the days, the times and the provider that are wished, on the site's clock", async () => {
    const practice = await createPractice(list.world.database, { timezone: "Asia/Kathmandu", providers: 2 });
    await list.full(practice);
    const [, colleague] = practice.team;
    // Noon UTC is 17:45 there.
    const join = async (changes: object) =>
      (await list.visitor().join(wish(practice, "x@example.test", changes))).waitlistToken;
    const tooEarly = await join({ startMinute: 0, endMinute: 17 * 60 + 45 });
    const otherDay = await join({ fromDate: dateIn(4) });
    const evening = await join({
      startMinute: 18 * 60,
      username: practice.organization.slug,
      providerId: colleague?.id,
    });
    await list.fullButFor(practice, { day: 3, halfHours: 4 });
    await list.match(practice);
    expect(await list.states(tooEarly, otherDay, evening)).toEqual(["waiting", "waiting", "offered"]);
    const { offer, providerName, timezone } = await list.visitor().entry({ waitlistToken: evening });
    expect(offer?.startsAt).toBe(noonIn(3, 15));
    expect(offer?.providerName).toBe(providerName);
    expect(timezone).toBe("Asia/Kathmandu");
  });

  it("gives each time to one person, however many workers look at once", async () => {
    const practice = await createPractice(list.world.database);
    await list.full(practice);
    const tokens: string[] = [];
    for (const name of ["a", "b", "c", "d", "e", "f"])
      tokens.push((await list.visitor().join(wish(practice, `${name}@example.test`))).waitlistToken);
    await list.fullButFor(practice, { day: 3, halfHours: 2 });
    const other = await openProcess(list.world.url);
    const offers = await Promise.all(
      [list.world, other, list.world, other].map((process) =>
        list.match(practice, list.worker([], { ...list.world, ...process })),
      ),
    );
    // What a worker could not take in this race is looked at again by the next run.
    const total = offers.reduce((sum, count) => sum + count, 0) + (await list.match(practice));
    expect(total).toBe(2);
    expect((await list.states(...tokens)).filter((state) => state === "offered")).toHaveLength(2);
    const holds = await list.world.run<{ starts_at: Date }>(
      "SELECT starts_at FROM appointment WHERE organization_id = $1 AND status = 'held' ORDER BY 1",
      [practice.organization.id],
    );
    expect(holds.map(({ starts_at }) => starts_at.toISOString())).toEqual([noonIn(3), noonIn(3, 30)]);
    await other.close();
  });

  it("writes when somebody joins and when a time is kept for them, and not about what is over", async () => {
    const practice = await createPractice(list.world.database);
    await list.full(practice);
    const { waitlistToken } = await list.visitor().join(wish(practice, "lea@example.test"));
    const sent: SentMail[] = [];
    const queued = async () => {
      await reactToAll(list.world.database);
      const rows = await list.world.run<{ data: Parameters<typeof tellWaiting>[0] }>(
        "SELECT data FROM pgboss.job_common WHERE name = 'waitlist.tell' AND data ->> 'organizationId' = $1 ORDER BY created_on",
        [practice.organization.id],
      );
      return rows.map(({ data }) => data);
    };
    expect(await queued()).toHaveLength(1);
    await list.fullButFor(practice, { day: 3, halfHours: 1 });
    await list.match(practice);
    const [joined, offered] = await queued();
    if (!joined || !offered) throw new Error("Two mails were to be queued");
    await tellWaiting(joined, list.worker(sent));
    await tellWaiting(offered, list.worker(sent));
    expect(sent.map(({ to, subject }) => [to, subject.slice(0, 23)])).toEqual([
      ["lea@example.test", "Vous êtes sur la liste "],
      ["lea@example.test", "Une place s’est libérée"],
    ]);
    for (const { text } of sent)
      expect(text).toContain(`https://creneau.example/fr/waitlist/${waitlistToken}`);
    // The link lies nowhere at rest.
    const [{ at_rest } = { at_rest: true }] = await list.world.run<{ at_rest: boolean }>(
      `SELECT EXISTS (SELECT FROM pgboss.job_common j WHERE j::text LIKE '%' || $1 || '%')
         OR EXISTS (SELECT FROM waitlist_entry e WHERE e::text LIKE '%' || $1 || '%') AS at_rest`,
      [waitlistToken],
    );
    expect(at_rest).toBe(false);
    await list.visitor().decline({ waitlistToken });
    await tellWaiting(offered, list.worker(sent));
    expect(sent).toHaveLength(2);
  });

  it("is looked at when a booking is cancelled or moved, many times by one job, and nothing comes of it where nobody waits", async () => {
    const quiet = await createPractice(list.world.database);
    const waited = await createPractice(list.world.database);
    const queued = async ({ organization }: Practice) => {
      await reactToAll(list.world.database);
      const [row] = await list.world.run<{ count: number }>(
        `SELECT count(*)::integer AS count FROM pgboss.job_common
         WHERE name = 'waitlist.match' AND data ->> 'organizationId' = $1 AND singleton_key LIKE '%freed%'`,
        [organization.id],
      );
      return row?.count;
    };
    await list.visitor().join(wish(waited, "lea@example.test", { fromDate: dateIn(9) }));
    for (const practice of [quiet, waited]) {
      const client = { name: "Noé", email: "noe@example.test" };
      const { manageToken } = await list.world.visit().book({ ...practice, startsAt: noonIn(4), client });
      expect(await queued(practice)).toBe(0);
      await list.world.visit().cancel({ manageToken });
    }
    expect([await queued(quiet), await queued(waited)]).toEqual([1, 1]);
    expect(await list.match(quiet)).toBe(0);
  });
});
