import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, dateIn, linkSecret, noonIn, refusal, startBooking } from "./booking.fixture.ts";
import { portalTokenOf } from "./link-tokens.ts";

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

describe("a visitor", () => {
  it("moves and cancels by the link, which shows what has become of it", async () => {
    const practice = await createPractice(world.database);
    const { manageToken, appointmentId } = await world
      .visit()
      .book({ ...practice, startsAt: noonIn(4), client });
    const rival = await world
      .visit()
      .book({ ...practice, startsAt: noonIn(5), client: { ...client, name: "Rival" } });
    const taken = await refusal(world.visit().reschedule({ manageToken, startsAt: noonIn(5) }));
    expect(taken.code).toBe("slot_taken");
    expect(taken.details?.alternatives).toHaveLength(3);
    expect(JSON.stringify(taken)).not.toContain(rival.appointmentId);
    expect(await world.visit().manage({ manageToken })).toMatchObject({
      startsAt: noonIn(4),
      status: "confirmed",
    });
    expect(await world.visit().reschedule({ manageToken, startsAt: noonIn(6) })).toMatchObject({
      startsAt: noonIn(6),
      version: 2,
    });
    expect(await world.visit().reschedule({ manageToken, startsAt: noonIn(6) })).toMatchObject({
      version: 2,
    });
    expect(await world.visit().cancel({ manageToken, reason: "Empêchée" })).toMatchObject({
      status: "cancelled",
    });
    expect(await world.visit().cancel({ manageToken })).toMatchObject({ status: "cancelled" });
    expect(await world.visit().manage({ manageToken })).toMatchObject({
      appointmentId,
      status: "cancelled",
      canMove: false,
      canCancel: false,
    });
    expect((await refusal(world.visit().reschedule({ manageToken, startsAt: noonIn(7) }))).code).toBe(
      "invalid_transition",
    );
  });

  it("is known by the zone of their last visit, a booking or a move", async () => {
    const practice = await createPractice(world.database);
    const zoneOf = async () =>
      (
        await world.run<{ timezone: string }>("SELECT timezone FROM client WHERE organization_id = $1", [
          practice.organization.id,
        ])
      ).map(({ timezone }) => timezone);
    const book = (days: number, timezone?: string) =>
      world
        .visit()
        .book({ ...practice, startsAt: noonIn(days), client: { ...client, ...(timezone && { timezone }) } });
    await book(3, "Asia/Kathmandu");
    expect(await zoneOf()).toEqual(["Asia/Kathmandu"]);
    const { manageToken } = await book(4, "America/St_Johns");
    expect(await zoneOf()).toEqual(["America/St_Johns"]);
    await book(5);
    expect(await zoneOf()).toEqual(["America/St_Johns"]);
    await world.visit().reschedule({ manageToken, startsAt: noonIn(6), timezone: "Australia/Lord_Howe" });
    expect(await zoneOf()).toEqual(["Australia/Lord_Howe"]);
    await world.visit().reschedule({ manageToken, startsAt: noonIn(7) });
    expect(await zoneOf()).toEqual(["Australia/Lord_Howe"]);
  });

  it("may move within a day that their own booking has filled", async () => {
    const practice = await createPractice(world.database);
    const { username, serviceSlug } = practice;
    const booked = await world.visit().book({ ...practice, startsAt: noonIn(3), client });
    await world.run("UPDATE provider SET daily_limit = 1 WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    const { manageToken } = booked;
    const day = { from: dateIn(3), to: dateIn(3), timezone: "Europe/Paris" };
    await expect
      .poll(async () => (await world.visit().slots({ username, serviceSlug, ...day })).days, {
        timeout: 20_000,
      })
      .toEqual([]);
    const { days } = await world.visit().moveSlots({ manageToken, ...day });
    expect(days[0]?.slots.some(({ startsAt }) => startsAt === noonIn(3, 15))).toBe(true);
    expect(await world.visit().reschedule({ manageToken, startsAt: noonIn(3, 15) })).toMatchObject({
      startsAt: noonIn(3, 15),
    });
  });

  it("keeps to the cut-off", async () => {
    const practice = await createPractice(world.database);
    const { manageToken } = await world.visit().book({ ...practice, startsAt: noonIn(2), client });
    await world.run("UPDATE organization SET cancel_cutoff_minutes = 10000 WHERE id = $1", [
      practice.organization.id,
    ]);
    expect((await refusal(world.visit().cancel({ manageToken }))).code).toBe("too_late_to_cancel");
    expect((await refusal(world.visit().reschedule({ manageToken, startsAt: noonIn(9) }))).code).toBe(
      "too_late_to_cancel",
    );
    expect(await world.visit().manage({ manageToken })).toMatchObject({
      status: "confirmed",
      canCancel: false,
    });
  });

  it("reaches nobody else's booking through their portal, and does not even wait for its agenda", async () => {
    const practice = await createPractice(world.database, { timezone: "Asia/Kathmandu" });
    const theirs = await world.visit().book({ ...practice, startsAt: noonIn(4), client });
    const own = await world.visit().book({
      ...practice,
      startsAt: noonIn(5),
      client: { ...client, name: "Noé Roy", email: "noe@example.test" },
    });
    const portalOf = async (appointmentId: string) => {
      const [row] = await world.run<{ client_id: string }>(
        "SELECT client_id FROM appointment WHERE id = $1",
        [appointmentId],
      );
      return portalTokenOf(linkSecret, row?.client_id ?? "");
    };
    const portalToken = await portalOf(own.appointmentId);
    const calls = (link: { portalToken: string; appointmentId: string }) => [
      () => world.visit().moveSlots({ ...link, from: dateIn(2), to: dateIn(8) }),
      () => world.visit().reschedule({ ...link, startsAt: noonIn(6) }),
      () => world.visit().addNote({ ...link, body: "Bonjour" }),
      () => world.visit().cancel(link),
    ];
    const rows = () =>
      world.run(
        `SELECT a.*, (SELECT count(*) FROM note n WHERE n.appointment_id = a.id) AS notes,
           (SELECT count(*) FROM event e WHERE e.entity_id = a.id) AS events FROM appointment a WHERE a.id = $1`,
        [theirs.appointmentId],
      );
    const before = await rows();
    const holder = new Client({ connectionString: world.url });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT lock_agendas(ARRAY[$1::uuid])", [practice.provider.id]);
    for (const call of calls({ portalToken, appointmentId: theirs.appointmentId }))
      expect((await refusal(call())).code).toBe("not_found");
    await holder.query("ROLLBACK");
    await holder.end();
    expect(await rows()).toEqual(before);
    // Its twin: their own is theirs.
    for (const call of calls({ portalToken, appointmentId: own.appointmentId })) await call();
    expect(await world.visit().manage({ manageToken: own.manageToken })).toMatchObject({
      status: "cancelled",
    });
  });

  it("learns the same of what does not exist and of what is not theirs", async () => {
    const practice = await createPractice(world.database);
    const { manageToken } = await world.visit().book({ ...practice, startsAt: noonIn(2), client });
    const changed = `${manageToken.slice(0, -2)}xx`;
    const links = [changed, "x".repeat(43), "no", `${manageToken}x`];
    const answers = await Promise.all(
      links.map((token) => refusal(world.visit().manage({ manageToken: token }))),
    );
    for (const answer of answers)
      expect(answer).toEqual({ code: "not_found", message: "No such link", details: undefined });
    for (const token of [manageToken, changed]) {
      expect(await refusal(world.visit().portal({ portalToken: token }))).toEqual(answers[0]);
    }
    // A user who is nobody's provider is no page, like a name that nobody has.
    await world.database.prisma.user.create({
      data: { email: "hidden@example.test", name: "Hidden", username: "hidden-user" },
    });
    const pages = await Promise.all(
      ["hidden-user", "nobody-at-all"].map((username) => refusal(world.visit().page({ username }))),
    );
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]?.code).toBe("not_found");
  });
});
