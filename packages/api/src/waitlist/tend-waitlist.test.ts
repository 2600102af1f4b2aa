import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../actor.ts";
import { createPractice, dateIn, noonIn, refusal } from "../booking/booking.fixture.ts";
import type { Seat } from "../identity/session.ts";
import { createCaller, openWaitlist, type Practice, wish } from "./waitlist.fixture.ts";

let list: Awaited<ReturnType<typeof openWaitlist>>;
beforeAll(async () => {
  list = await openWaitlist();
});
afterAll(() => list.close());

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
    return createCaller({ ...list.world.services, session, requestId: "test", address: "192.0.2.1" });
  };

  it("see who waits at their sites, and take entries off the list; nobody sees another organization's", async () => {
    const practice = await createPractice(list.world.database);
    const foreign = await createPractice(list.world.database);
    await list.full(practice);
    const { waitlistToken } = await list.visitor().join(wish(practice, "lea@example.test"));
    await list.visitor().join(wish(foreign, "noe@example.test"));
    await list.fullButFor(practice, { day: 3, halfHours: 1 });
    await list.match(practice);
    const desk = staff(practice, "operator").waitlist;
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
    expect((await staff(practice, "operator", [foreign.site.id]).waitlist.list({})).items).toEqual([]);
    expect((await refusal(staff(practice, "operator", [foreign.site.id]).waitlist.remove({ id }))).code).toBe(
      "not_found",
    );
    expect((await refusal(staff(practice, "viewer").waitlist.list({}))).code).toBe("forbidden");
    expect((await refusal(staff(foreign, "owner").waitlist.remove({ id }))).code).toBe("not_found");
    expect(await list.states(waitlistToken)).toEqual(["offered"]);

    await desk.remove({ id });
    expect(await list.states(waitlistToken)).toEqual(["ended"]);
    expect((await desk.list({})).items).toEqual([]);
    expect((await desk.list({ includeEnded: true })).items).toHaveLength(1);
    // The time is free again.
    await list.world
      .visit()
      .hold({ username: practice.username, serviceSlug: practice.serviceSlug, startsAt: noonIn(3) });
    const [audit] = await list.world.run<{ diff: object }>("SELECT diff FROM audit WHERE entity_id = $1", [
      id,
    ]);
    expect(JSON.stringify(audit)).not.toContain("lea@");
  });

  it("who release a time on offer send its person back to wait, and do not count it as booked", async () => {
    const practice = await createPractice(list.world.database);
    await list.full(practice);
    const { waitlistToken } = await list.visitor().join(wish(practice, "lea@example.test"));
    await list.fullButFor(practice, { day: 3, halfHours: 2 });
    await list.match(practice);
    const owner = staff(practice, "owner");
    const id = (await owner.waitlist.list({})).items[0]?.offer?.appointmentId ?? "";
    await owner.appointments.releaseHold({ id });
    expect(await list.states(waitlistToken)).toEqual(["waiting"]);
    expect((await refusal(list.visitor().accept({ waitlistToken }))).code).toBe("hold_expired");
    await list.match(practice);
    const entry = await list.visitor().entry({ waitlistToken });
    expect(entry).toMatchObject({ state: "offered", manageToken: null });
    expect(entry.offer?.startsAt).not.toBe(noonIn(3));
  });

  it("page through a long list", async () => {
    const practice = await createPractice(list.world.database);
    for (let index = 0; index < 5; index++)
      await list.visitor().join(wish(practice, `n${index}@example.test`, { fromDate: dateIn(9) }));
    const desk = staff(practice, "owner").waitlist;
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
