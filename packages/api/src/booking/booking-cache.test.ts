import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createPractice,
  dateIn,
  mirrorEvent,
  noonIn,
  openProcess,
  type Process,
  startBooking,
} from "./booking.fixture.ts";
import type { SlotsChange } from "./schema.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
let other: Process;
beforeAll(async () => {
  world = await startBooking();
  other = await openProcess(world.url);
});
afterAll(async () => {
  await other.close();
  await world.close();
});

type Practice = Awaited<ReturnType<typeof createPractice>>;

async function has(
  process: Pick<Process, "visit">,
  practice: Practice,
  startsAt: string,
  day: number,
): Promise<boolean> {
  const { days } = await process.visit().slots({
    username: practice.username,
    serviceSlug: practice.serviceSlug,
    from: dateIn(day),
    to: dateIn(day),
    timezone: "UTC",
  });
  return days.some(({ slots }) => slots.some((slot) => slot.startsAt === startsAt));
}

/** Generous: the log waits for every transaction that runs anywhere on the test server. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error("It never came true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("slots remembered by another process", () => {
  it("change when a hold is taken, given back, or lapses by itself", async () => {
    const practice = await createPractice(world.database);
    const startsAt = noonIn(3);
    expect(await has(other, practice, startsAt, 3)).toBe(true);
    const { holdToken } = await world.visit().hold({ ...practice, startsAt });
    await eventually(async () => !(await has(other, practice, startsAt, 3)));
    await world.visit().releaseHold({ holdToken });
    await eventually(() => has(other, practice, startsAt, 3));
    await world.visit().hold({ ...practice, startsAt });
    await eventually(async () => !(await has(other, practice, startsAt, 3)));
    // Nothing is written when a hold's time is up: the answer knows by itself how long it counts.
    other.pass(16 * 60_000);
    expect(await has(other, practice, startsAt, 3)).toBe(true);
    other.pass(-16 * 60_000);
  });

  const day = 4;
  const changes: [string, (practice: Practice) => Promise<unknown>, boolean][] = [
    [
      "leave",
      (p) =>
        sql(
          p,
          `INSERT INTO time_off (organization_id, id, provider_id, starts_at, ends_at, updated_at)
        VALUES ($1, uuid_v7(), '${p.provider.id}', '${noonIn(day, -60)}', '${noonIn(day, 60)}', now())`,
        ),
      false,
    ],
    [
      "leave of the whole site",
      (p) =>
        sql(
          p,
          `INSERT INTO time_off (organization_id, id, site_id, starts_at, ends_at, updated_at)
        VALUES ($1, uuid_v7(), '${p.site.id}', '${noonIn(day, -60)}', '${noonIn(day, 60)}', now())`,
        ),
      false,
    ],
    ["hours", (p) => sql(p, "DELETE FROM availability_rule WHERE organization_id = $1"), false],
    [
      "an exception",
      (p) =>
        sql(
          p,
          `INSERT INTO availability_exception (organization_id, id, provider_id, date, updated_at)
        VALUES ($1, uuid_v7(), '${p.provider.id}', '${dateIn(day)}', now())`,
        ),
      false,
    ],
    ["the service", (p) => sql(p, "UPDATE service SET horizon_days = 1 WHERE organization_id = $1"), false],
    [
      "the organization's grid",
      (p) => sql(p, "UPDATE organization SET slot_minutes = 17 WHERE id = $1"),
      false,
    ],
    ["who offers it", (p) => sql(p, "DELETE FROM service_provider WHERE organization_id = $1"), false],
    [
      "the provider",
      (p) => sql(p, "UPDATE provider SET archived_at = now() WHERE organization_id = $1"),
      false,
    ],
    [
      "an external calendar",
      (p) => mirrorEvent(world.database, p, { from: noonIn(day, -60), to: noonIn(day, 60) }),
      false,
    ],
  ];
  const sql = (practice: Practice, statement: string) =>
    world.run(statement, statement.includes("$1") ? [practice.organization.id] : []);
  it.each(changes)(
    "change with %s, and a booking decided before is refused",
    async (_name, change, expected) => {
      const practice = await createPractice(world.database);
      const startsAt = noonIn(day);
      expect(await has(other, practice, startsAt, day)).toBe(true);
      await change(practice);
      // At once, before any event can have come round: whatever it remembers, it must not book.
      const refused = await other
        .visit()
        .hold({ ...practice, startsAt })
        .then(
          () => "held",
          () => "refused",
        );
      expect(refused).toBe("refused");
      await eventually(
        async () => (await has(other, practice, startsAt, day).catch(() => false)) === expected,
      );
    },
  );

  it("are not read again while nothing has changed", async () => {
    const practice = await createPractice(world.database);
    const query = other.database.pool.query.bind(other.database.pool);
    let reads = 0;
    other.database.pool.query = ((...args: Parameters<typeof query>) => {
      if (!JSON.stringify(args[0]).includes("read_events")) reads += 1;
      return query(...args);
    }) as typeof query;
    // Until the events of the practice's own beginnings have come round.
    await eventually(async () => {
      reads = 0;
      await has(other, practice, noonIn(3), 3);
      return reads === 0;
    });
    for (let index = 0; index < 50; index++) await has(other, practice, noonIn(3), 3);
    other.database.pool.query = query;
    expect(reads).toBe(0);
  });
});

describe("onSlots", () => {
  it("tells another process's visitors what went and what came, and nothing else", async () => {
    const practice = await createPractice(world.database);
    const abort = new AbortController();
    const seen: SlotsChange[] = [];
    const { username, serviceSlug } = practice;
    const input = { username, serviceSlug, from: dateIn(2), to: dateIn(4), timezone: "Asia/Kathmandu" };
    const before = await other.visit().slots(input);
    const { version } = before;
    const stream = await createSubscription(other, { ...input, version }, abort.signal);
    const done = (async () => {
      for await (const entry of stream as AsyncIterable<[string, SlotsChange]>)
        seen.push((entry as unknown as [string, SlotsChange])[1]);
    })().catch(() => undefined);
    await eventually(async () => seen.length > 0);
    expect(seen[0]).toMatchObject({ type: "connected", version });
    const startsAt = noonIn(3);
    const { holdToken } = await world.visit().hold({ ...practice, startsAt });
    await eventually(async () => seen.length > 1);
    expect(seen[1]).toMatchObject({ type: "changed", timezone: "Asia/Kathmandu" });
    expect(seen[1]?.days[0]?.removed).toContain(startsAt);
    await world.visit().releaseHold({ holdToken });
    await eventually(async () => seen.length > 2);
    expect(seen[2]?.days[0]?.added.map((slot) => slot.startsAt)).toContain(startsAt);
    expect(seen[2]?.version).toBe(version);
    expect(JSON.stringify(seen)).not.toMatch(/appointment|Dr |lea@/);
    abort.abort();
    await done;
  });
});

function createSubscription(
  process: Process,
  input: Parameters<ReturnType<Process["visit"]>["onSlots"]>[0],
  signal: AbortSignal,
) {
  return process.visit({}, signal).onSlots(input);
}
