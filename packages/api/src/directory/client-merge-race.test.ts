import { createProvider } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Office, type Offices, openOffices, refusal } from "./office.fixture.ts";

let offices: Offices;
let office: Office;
let operator: Caller;
beforeAll(async () => {
  offices = await openOffices();
  office = offices.office;
  operator = await offices.as("operator", office);
});
afterAll(() => offices.close());

let records = 0;
async function record(name: string) {
  records += 1;
  return operator.directory.clients.create({
    name: `${name} ${records}`,
    email: `race${records}@exemple.fr`,
  });
}

async function newProvider(): Promise<string> {
  const { id } = await createProvider(offices.database, office.organization, { siteId: office.siteId });
  return id;
}

const startsAt = "2026-11-24T10:00:00.000Z";

async function book(providerId: string, clientId: string): Promise<string> {
  const { appointment } = await operator.appointments.create({
    providerId,
    startsAt,
    endsAt: "2026-11-24T10:30:00.000Z",
    clientId,
  });
  return appointment.id;
}

/** Books as somebody does who types the client's name and address. */
async function bookByContact(
  providerId: string,
  client: { name: string; email: string | null },
): Promise<string> {
  const { appointment } = await operator.appointments.create({
    providerId,
    startsAt,
    endsAt: "2026-11-24T10:30:00.000Z",
    client: { name: client.name, email: client.email ?? "" },
  });
  return appointment.id;
}

/** Holds an agenda, as a move does that takes its time; answers what lets it go. */
async function holdAgenda(providerId: string): Promise<() => Promise<void>> {
  const connection = await offices.database.pool.connect();
  await connection.query("BEGIN");
  await connection.query("SELECT lock_agendas(ARRAY[$1::uuid])", [providerId]);
  return async () => {
    await connection.query("ROLLBACK");
    connection.release();
  };
}

/** Waits until so many connections wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rows } = await offices.database.pool.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows[0].n;
      },
      { timeout: 10_000 },
    )
    .toBe(count);
}

/** Rows that point at a record which is one no more. */
async function strays(): Promise<unknown[]> {
  return offices.rows(
    office,
    `SELECT a.id FROM appointment a JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id WHERE c.merged_into_id IS NOT NULL
     UNION ALL SELECT j.id FROM subject j JOIN client c ON c.organization_id = j.organization_id AND c.id = j.client_id WHERE c.merged_into_id IS NOT NULL
     UNION ALL SELECT m.id FROM client m JOIN client c ON c.organization_id = m.organization_id AND c.id = m.merged_into_id WHERE c.merged_into_id IS NOT NULL`,
  );
}

const clientOf = async (id: string) => (await operator.appointments.byId({ id })).clientId;

for (const [way, bookFor] of [
  ["by id", (providerId: string, client: Awaited<ReturnType<typeof record>>) => book(providerId, client.id)],
  ["by name and address", bookByContact],
] as const) {
  test(`a booking ${way} that comes while the merge of its client is under way is the survivor's`, async () => {
    const [keep, gone] = [await record("Keep"), await record("Gone")];
    const [busy, free] = [await newProvider(), await newProvider()];
    await book(busy, gone.id);
    const letGo = await holdAgenda(busy);
    const merge = operator.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] });
    await untilWaiting(1);
    const booking = bookFor(free, gone);
    await untilWaiting(2);
    await letGo();
    expect((await merge).moved.appointments).toBe(1);
    expect(await clientOf(await booking)).toBe(keep.id);
    expect(await strays()).toEqual([]);
  });

  test(`a merge that comes while a booking ${way} is under way takes it along`, async () => {
    const [keep, gone] = [await record("Keep"), await record("Gone")];
    const provider = await newProvider();
    const letGo = await holdAgenda(provider);
    const booking = bookFor(provider, gone);
    await untilWaiting(1);
    const merge = operator.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] });
    await untilWaiting(2);
    await letGo();
    const id = await booking;
    expect((await merge).moved.appointments).toBe(1);
    expect(await clientOf(id)).toBe(keep.id);
    expect(await strays()).toEqual([]);
  });
}

test("of two merges at once that contradict each other, one is refused by its name", async () => {
  const { clients } = operator.directory;
  for (let round = 0; round < 8; round++) {
    const [a, b, c] = [await record("A"), await record("B"), await record("C")];
    const attempts = [
      () => clients.merge({ keepId: a.id, mergeIds: [b.id] }),
      () => clients.merge({ keepId: b.id, mergeIds: [a.id] }),
      () => clients.merge({ keepId: c.id, mergeIds: [a.id] }),
    ];
    const outcomes = await Promise.all(attempts.map((attempt) => refusal(attempt())));
    expect(
      outcomes.every((outcome) => outcome === "accepted" || outcome === "merged"),
      outcomes.join(),
    ).toBe(true);
    expect(outcomes).toContain("accepted");
    expect(await strays()).toEqual([]);
  }
});

test("a chain of merges, its undoing and bookings, all at once, lose and split nothing", {
  timeout: 60_000,
}, async () => {
  const { clients } = operator.directory;
  for (let round = 0; round < 6; round++) {
    const [a, b, c] = [await record("A"), await record("B"), await record("C")];
    const providers = [await newProvider(), await newProvider(), await newProvider(), await newProvider()];
    const first = await clients.merge({ keepId: b.id, mergeIds: [a.id] });
    const [booked] = await Promise.all([
      Promise.all(
        providers.map((provider, index) => (index % 2 ? book(provider, a.id) : bookByContact(provider, b))),
      ),
      refusal(clients.merge({ keepId: c.id, mergeIds: [b.id] })),
      refusal(clients.undoMerge({ id: first.mergeId })),
    ]);
    const owners = await Promise.all(booked.map(clientOf));
    expect(owners.every((owner) => [a.id, b.id, c.id].includes(owner ?? ""))).toBe(true);
    expect(await strays()).toEqual([]);
    const { rows } = await offices.database.pool.query(
      "SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()",
    );
    expect(rows[0].n).toBe(0);
  }
});
