import { createMembership, createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Role } from "../actor.ts";
import { testSession } from "../context.fixture.ts";
import { createCaller, openWaitlist, type Practice, wish } from "../waitlist/waitlist.fixture.ts";
import { createPractice, dateIn, noonIn, openProcess, refusal } from "./booking.fixture.ts";

let list: Awaited<ReturnType<typeof openWaitlist>>;
let world: (typeof list)["world"];
let practice: Practice;
let neighbour: Practice;

beforeAll(async () => {
  list = await openWaitlist();
  world = list.world;
  practice = await createPractice(world.database, { providers: 2, timezone: "America/St_Johns" });
  neighbour = await createPractice(world.database);
});
afterAll(() => list.close());

const client = { name: "Léa Petit", email: "lea@example.test", locale: "fr" as const };
const other = { name: "Noé Roy", email: "noe@example.test", locale: "fr" as const };
const target = ({ username, serviceSlug }: Practice) => ({ username, serviceSlug });

interface Row {
  id: string;
  status: string;
  version: number;
  client_id: string | null;
  starts_at: Date;
}

async function find(id: string): Promise<Row | undefined> {
  const [row] = await world.run<Row>("SELECT * FROM appointment WHERE id = $1", [id]);
  return row;
}

/** Takes a free time; one that staff have just freed is known to be once its event has come, which busy servers put off. */
async function hold(startsAt: string, of: Practice = practice) {
  const { holdToken } = await vi.waitFor(() => world.visit().hold({ ...target(of), startsAt }), {
    timeout: 20_000,
  });
  const [row] = await world.run<Row>(
    "SELECT * FROM appointment WHERE status = 'held' AND starts_at = $1 AND organization_id = $2",
    [startsAt, of.organization.id],
  );
  if (!row) throw new Error("The hold just taken is gone");
  return { holdToken, row };
}

/** A new member of a practice, with the API as they see it. */
async function staff({ role = "owner" as Role, of = practice, services = world.services } = {}) {
  const user = await createUser(world.database);
  await createMembership(world.database, of.organization, { userId: user.id, role });
  const session = testSession({ organizationId: of.organization.id, slug: of.organization.slug, role }, user);
  return createCaller({ ...services, session, requestId: "test", address: "192.0.2.7" });
}

type Staff = Awaited<ReturnType<typeof staff>>;

/** Everything that staff can do to an appointment, save looking at it and releasing a hold. */
const changes: [string, (api: Staff, row: Pick<Row, "id" | "version">) => Promise<unknown>][] = [
  ["confirm", (api, { id, version }) => api.appointments.setStatus({ id, version, status: "confirmed" })],
  ["make pending", (api, { id, version }) => api.appointments.setStatus({ id, version, status: "pending" })],
  [
    "mark as arrived",
    (api, { id, version }) => api.appointments.setStatus({ id, version, status: "in_progress" }),
  ],
  ["cancel", (api, { id, version }) => api.appointments.cancel({ id, version })],
  ["move", (api, { id, version }) => api.appointments.move({ id, version, startsAt: noonIn(9) })],
  ["rename", (api, { id, version }) => api.appointments.update({ id, version, title: "Mine" })],
  [
    "invite to",
    (api, { id }) =>
      api.attendees.add({ appointmentId: id, attendees: [{ name: "Ami", email: "ami@example.test" }] }),
  ],
  [
    "write a note on",
    (api, { id }) => api.notes.add({ appointmentId: id, kind: "internal", body: "Who is it?" }),
  ],
];

describe("a time that a visitor holds", () => {
  it.each(changes)(
    "is not for staff to %s, and the visitor's confirmation is their own",
    async (_what, change) => {
      const { holdToken, row } = await hold(noonIn(3));
      const api = await staff();
      expect(await refusal(change(api, row))).toMatchObject({ code: "invalid_transition" });
      expect(await find(row.id)).toEqual(row);
      const booked = await world.visit().confirm({ holdToken, client });
      expect(booked).toMatchObject({ status: "confirmed", startsAt: noonIn(3) });
      expect((await world.visit().manage(booked)).client).toMatchObject({ name: "Léa Petit" });
      await world.visit().cancel(booked);
    },
  );

  it("twin: what is booked is for staff to change", async () => {
    const api = await staff();
    for (const [what, change] of changes.filter(([name]) => !["confirm", "make pending"].includes(name))) {
      const { holdToken, row } = await hold(noonIn(3));
      await world.visit().confirm({ holdToken, client });
      await change(api, { id: row.id, version: 2 });
      expect((await find(row.id))?.status, what).not.toBe("held");
      await world.run("UPDATE appointment SET status = 'no_show' WHERE id = $1 AND status <> 'cancelled'", [
        row.id,
      ]);
    }
  });

  it("is released by staff: free at once, told with who did it, and audited", async () => {
    const { row } = await hold(noonIn(3));
    const api = await staff({ role: "operator" });
    expect(await api.appointments.releaseHold({ id: row.id })).toEqual({ isReleased: true });
    expect(await find(row.id)).toBeUndefined();
    const [told] = await world.run(
      "SELECT type, version, payload ->> 'reason' AS reason, actor_user_id IS NOT NULL AS by FROM event WHERE entity_id = $1 ORDER BY id DESC",
      [row.id],
    );
    expect(told).toEqual({ type: "appointment.released", version: 2, reason: "by_staff", by: true });
    expect(await world.run("SELECT action FROM audit WHERE entity_id = $1", [row.id])).toEqual([
      { action: "appointment.released" },
    ]);
    expect(await refusal(api.appointments.releaseHold({ id: row.id }))).toMatchObject({ code: "not_found" });
    await world.visit().releaseHold(await hold(noonIn(3)));
  });

  it("is released by nobody else: a viewer, another organization, or once it is booked", async () => {
    const { holdToken, row } = await hold(noonIn(3));
    expect(await refusal((await staff({ role: "viewer" })).appointments.releaseHold(row))).toMatchObject({
      code: "forbidden",
    });
    expect(await refusal((await staff({ of: neighbour })).appointments.releaseHold(row))).toMatchObject({
      code: "not_found",
    });
    const booked = await world.visit().confirm({ holdToken, client });
    expect(await refusal((await staff()).appointments.releaseHold(row))).toMatchObject({
      code: "version_conflict",
      details: { current: { status: "confirmed" } },
    });
    await world.visit().cancel(booked);
  });

  it("that staff released is confirmed all the same while nobody else has it", async () => {
    const { holdToken, row } = await hold(noonIn(3));
    await (await staff()).appointments.releaseHold({ id: row.id });
    const booked = await world.visit().confirm({ holdToken, client });
    expect(booked).toMatchObject({ appointmentId: row.id, status: "confirmed" });
    await world.visit().cancel(booked);
  });

  it("that staff released and gave away is over, and what else is free is said", async () => {
    const { holdToken, row } = await hold(noonIn(5));
    const api = await staff();
    await api.appointments.releaseHold({ id: row.id });
    await api.appointments.create({
      providerId: practice.provider.id,
      serviceId: practice.serviceId,
      startsAt: noonIn(5),
    });
    const refused = await refusal(world.visit().confirm({ holdToken, client }));
    expect(refused).toMatchObject({ code: "hold_expired", details: { alternatives: [{}, {}, {}] } });
  });

  it("has no client, whoever writes it", async () => {
    const { holdToken, row } = await hold(noonIn(3));
    const booked = await world.visit().confirm({ holdToken, client });
    const { client_id } = (await find(row.id)) ?? {};
    await world.visit().cancel(booked);
    const held = await hold(noonIn(3));
    await expect(
      world.run("UPDATE appointment SET client_id = $2 WHERE id = $1", [held.row.id, client_id]),
    ).rejects.toThrow(/appointment_held_by_nobody/);
    await world.visit().releaseHold(held);
  });

  it("is booked or free, never between, when both come at once", async () => {
    const api = await staff();
    for (let round = 0; round < 8; round++) {
      const { holdToken, row } = await hold(noonIn(3));
      const [confirmed] = await Promise.allSettled([
        world.visit().confirm({ holdToken, client }),
        api.appointments.releaseHold({ id: row.id }),
      ]);
      // Released first, the time is taken anew: in either order the visitor has what they were told.
      expect(confirmed).toMatchObject({ status: "fulfilled", value: { status: "confirmed" } });
      expect(await find(row.id)).toMatchObject({ status: "confirmed", client_id: expect.any(String) });
      if (confirmed.status === "fulfilled") await world.visit().cancel(confirmed.value);
    }
  });
});

describe("a confirmation that comes again", () => {
  it("is answered as before only to the same person about the same hold", async () => {
    const { holdToken, row } = await hold(noonIn(3));
    const details = {
      client,
      answers: { Motif: "Fièvre" },
      attendees: [{ name: "Ami", email: "ami@example.test" }],
    };
    const booked = await world.visit().confirm({ holdToken, ...details });
    expect(await world.visit().confirm({ holdToken, ...details })).toEqual(booked);
    const before = await find(row.id);
    for (const change of [
      { client: other },
      { client: { ...client, email: "lea@example.com" } },
      { answers: {} },
      { attendees: [] },
    ])
      expect(await refusal(world.visit().confirm({ holdToken, ...details, ...change }))).toMatchObject({
        code: "hold_expired",
        details: { alternatives: [{}, {}, {}] },
      });
    expect(await find(row.id)).toEqual(before);
    await world.visit().cancel(booked);
    // What has become of their own booking is theirs to know.
    expect(await world.visit().confirm({ holdToken, ...details })).toEqual({
      ...booked,
      status: "cancelled",
    });
  });

  it("is refused under an idempotency key that stands for another client, on the same hold and on another", async () => {
    const first = await hold(noonIn(3));
    const idempotencyKey = "the key of one form";
    const booked = await world.visit().confirm({ holdToken: first.holdToken, client, idempotencyKey });
    const second = await hold(noonIn(4));
    for (const { holdToken } of [first, second])
      expect(
        await refusal(world.visit().confirm({ holdToken, client: other, idempotencyKey })),
      ).toMatchObject({ code: "idempotency_conflict" });
    expect((await find(second.row.id))?.status).toBe("held");
    // Its twin: the other hold is free for them under a key of their own.
    const own = await world
      .visit()
      .confirm({ holdToken: second.holdToken, client: other, idempotencyKey: "a key of their own" });
    expect(own.status).toBe("confirmed");
    expect(await world.visit().confirm({ holdToken: first.holdToken, client, idempotencyKey })).toEqual(
      booked,
    );
    await world.visit().cancel(booked);
    await world.visit().cancel(own);
  });

  it("makes one booking of the same key on two holds at once", async () => {
    for (let round = 0; round < 5; round++) {
      const colleague = { ...practice, username: practice.team[1]?.username ?? "" };
      const holds = [
        await hold(noonIn(3)),
        await world.visit().hold({ ...target(colleague), startsAt: noonIn(3) }),
      ];
      const idempotencyKey = `one form, round ${round}`;
      const answers = await Promise.all(
        holds.map(({ holdToken }) => world.visit().confirm({ holdToken, client, idempotencyKey })),
      );
      expect(answers[1]).toEqual(answers[0]);
      const rows = await world.run<{ status: string }>(
        "SELECT status FROM appointment WHERE organization_id = $1 AND starts_at = $2 AND status <> 'cancelled' AND status <> 'no_show'",
        [practice.organization.id, noonIn(3)],
      );
      expect(rows).toEqual([{ status: "confirmed" }]);
      const [booked] = answers;
      if (booked) await world.visit().cancel(booked);
    }
  });
});

describe("an offer to somebody who waits", () => {
  async function offer(of: Practice) {
    await list.full(of);
    const { waitlistToken } = await list.visitor().join(wish(of, "lea@example.test"));
    await list.fullButFor(of, { day: 3, halfHours: 1 });
    await list.match(of);
    const [row] = await world.run<Row>(
      "SELECT * FROM appointment WHERE organization_id = $1 AND status = 'held'",
      [of.organization.id],
    );
    if (!row) throw new Error("Nothing is on offer");
    return { waitlistToken, row };
  }

  it.each(changes)("is not for staff to %s", async (_what, change) => {
    const of = await createPractice(world.database);
    const { waitlistToken, row } = await offer(of);
    expect(await refusal(change(await staff({ of }), row))).toMatchObject({ code: "invalid_transition" });
    expect(await list.visitor().accept({ waitlistToken })).toMatchObject({
      appointmentId: row.id,
      status: "confirmed",
    });
  });

  it("is over once staff released it, and its person waits on", async () => {
    const of = await createPractice(world.database);
    const { waitlistToken, row } = await offer(of);
    await (await staff({ of })).appointments.releaseHold({ id: row.id });
    expect(await refusal(list.visitor().accept({ waitlistToken }))).toMatchObject({ code: "hold_expired" });
    expect(await list.states(waitlistToken)).toEqual(["waiting"]);
    // The same time is not offered to them again.
    expect(await list.match(of)).toBe(0);
  });

  it("is accepted once, whatever staff do with the booking afterwards", async () => {
    const of = await createPractice(world.database);
    const { waitlistToken, row } = await offer(of);
    const booked = await list.visitor().accept({ waitlistToken });
    const api = await staff({ of });
    await list.fullButFor(of, { day: 4, halfHours: 4 });
    const { appointment } = await api.appointments.move({ id: row.id, version: 3, startsAt: noonIn(4) });
    expect(await list.visitor().accept({ waitlistToken })).toEqual({
      ...booked,
      startsAt: noonIn(4),
      endsAt: noonIn(4, 30),
    });
    await api.appointments.cancel({ id: row.id, version: appointment.version });
    expect(await list.visitor().accept({ waitlistToken })).toMatchObject({
      appointmentId: row.id,
      status: "cancelled",
    });
  });
});

describe("holds are judged by the database's clock", () => {
  const minute = 60_000;

  it.each([10, 30, -10])("a process %i minutes ahead gives what every other gives", async (minutes) => {
    const skewed = await openProcess(world.url);
    skewed.pass(minutes * minute);
    const startsAt = noonIn(6);
    const held = await skewed.visit().hold({ ...target(practice), startsAt });
    expect(Math.abs(held.remainingMs - 15 * minute)).toBeLessThan(5_000);
    expect(Math.abs(Date.parse(held.expiresAt) - Date.now() - 15 * minute)).toBeLessThan(5_000);
    for (const process of [world, skewed])
      expect(await refusal(process.visit().hold({ ...target(practice), startsAt }))).toMatchObject({
        code: "slot_taken",
      });
    const api = await staff({ services: skewed.services });
    const wanted = { providerId: practice.provider.id, serviceId: practice.serviceId, startsAt };
    expect(await refusal(api.appointments.create(wanted))).toMatchObject({ code: "slot_taken" });
    // Nor does it offer the time, to staff or to anybody.
    expect((await api.availability.explain(wanted)).allowed).toBe(false);
    const nearest = {
      serviceId: practice.serviceId,
      providerIds: [practice.provider.id],
      from: startsAt,
      limit: 1,
    };
    expect((await api.availability.nearest(nearest)).items[0]?.startsAt).toBe(noonIn(6, 30));
    const day = { from: dateIn(6), to: dateIn(6), timezone: "UTC" };
    const offered = async () => {
      const { days } = await skewed.visit().slots({ ...target(practice), ...day });
      const starts = days.flatMap(({ slots }) => slots.map((slot) => slot.startsAt));
      return [starts.includes(startsAt), starts.includes(noonIn(6, 30))];
    };
    expect(await offered()).toEqual([false, true]);
    // What it has read counts for as long as the hold lasts there: half of it, and then all of it, has passed.
    skewed.pass(8 * minute);
    expect(await offered()).toEqual([false, true]);
    skewed.pass(8 * minute);
    expect(await offered()).toEqual([true, true]);
    skewed.pass(-16 * minute);
    const extended = await skewed.visit().extendHold(held);
    expect(Math.abs(extended.remainingMs - 30 * minute)).toBeLessThan(5_000);
    expect(extended.isExtended).toBe(true);
    const booked = await skewed.visit().confirm({ holdToken: held.holdToken, client });
    expect(booked.status).toBe("confirmed");
    await world.visit().cancel(booked);
    await skewed.close();
  });

  it("twin: once its time is up there, it is up for every process", async () => {
    const skewed = await openProcess(world.url);
    skewed.pass(-30 * minute);
    const { row } = await hold(noonIn(6));
    const held = await hold(noonIn(7));
    await world.run(
      "UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE status = 'held'",
    );
    expect(await refusal(skewed.visit().extendHold(held))).toMatchObject({ code: "hold_expired" });
    const taken = await skewed.visit().hold({ ...target(practice), startsAt: noonIn(6) });
    expect(await find(row.id)).toBeUndefined();
    await skewed.visit().releaseHold(taken);
    await skewed.close();
  });

  it("an offer lasts as long as it was meant to", async () => {
    const skewed = await openProcess(world.url);
    const of = await createPractice(world.database);
    await list.full(of);
    await list.visitor().join(wish(of, "lea@example.test"));
    await list.fullButFor(of, { day: 3, halfHours: 1 });
    const lasting = async () => {
      const [row] = await world.run<{ lasts: number }>(
        "SELECT date_part('epoch', hold_expires_at - now()) AS lasts FROM appointment WHERE organization_id = $1 AND status = 'held'",
        [of.organization.id],
      );
      await world.run("DELETE FROM appointment WHERE organization_id = $1", [of.organization.id]);
      await world.run("UPDATE waitlist_entry SET offered_starts = '{}' WHERE organization_id = $1", [
        of.organization.id,
      ]);
      return row?.lasts ?? 0;
    };
    await list.match(of);
    const usual = await lasting();
    skewed.pass(40 * minute);
    await list.match(of, list.worker([], { ...world, ...skewed }));
    expect(usual).toBeGreaterThan(600);
    expect(Math.abs((await lasting()) - usual)).toBeLessThan(5);
    await skewed.close();
  });
});
