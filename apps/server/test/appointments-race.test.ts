import {
  createProvider,
  createRoom,
  createService,
  createSite,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { TRPCClientError } from "@trpc/client";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
let organization: TestOrganization;
let staff: Member;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer();
  organization = await server.createOrganization();
  staff = await server.signInMember(organization, { role: "admin" });
  siteId = (await createSite(server.database, organization)).id;
});

afterAll(() => server.close());

/** Tomorrow and later, on the hour. */
const hour = (count: number) =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + (24 + count) * 3_600_000).toISOString();

/** How each attempt ended: `ok` or its error code. */
async function outcomes(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const attempt of await Promise.allSettled(attempts)) {
    const code =
      attempt.status === "fulfilled"
        ? "ok"
        : attempt.reason instanceof TRPCClientError
          ? String(attempt.reason.data?.code ?? attempt.reason.message)
          : String(attempt.reason);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

async function deadlocks(): Promise<number> {
  const admin = new PgClient({ connectionString: server.adminUrl });
  await admin.connect();
  const { rows } = await admin.query(
    "SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()",
  );
  await admin.end();
  return rows[0].n;
}

const attempts = 200;

describe("200 concurrent requests through HTTP", () => {
  it("for one provider and time: one gets it, 199 are told slot_taken", { timeout: 60_000 }, async () => {
    const provider = await createProvider(server.database, organization, { siteId });
    const create = () =>
      staff.client.appointments.create.mutate({
        providerId: provider.id,
        startsAt: hour(1),
        endsAt: hour(2),
      });
    expect(await outcomes(Array.from({ length: attempts }, create))).toEqual({
      ok: 1,
      slot_taken: attempts - 1,
    });
    expect(await deadlocks()).toBe(0);
  });

  it("twin: the same requests for 200 different times all succeed", { timeout: 60_000 }, async () => {
    const provider = await createProvider(server.database, organization, { siteId });
    const create = (_: unknown, index: number) =>
      staff.client.appointments.create.mutate({
        providerId: provider.id,
        startsAt: hour(index),
        endsAt: hour(index + 1),
      });
    expect(await outcomes(Array.from({ length: attempts }, create))).toEqual({ ok: attempts });
  });

  it("for overlapping, not equal, times: the winners do not overlap", { timeout: 60_000 }, async () => {
    const provider = await createProvider(server.database, organization, { siteId });
    const base = Date.parse(hour(1));
    const create = (_: unknown, index: number) => {
      const startsAt = base + (index % 40) * 5 * 60_000;
      return staff.client.appointments.create.mutate({
        providerId: provider.id,
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(startsAt + 30 * 60_000).toISOString(),
      });
    };
    const counts = await outcomes(Array.from({ length: attempts }, create));
    expect(Object.keys(counts).sort()).toEqual(["ok", "slot_taken"]);
    const { items } = await staff.client.appointments.list.query({
      from: hour(0),
      to: hour(12),
      providerIds: [provider.id],
    });
    expect(items.length).toBe(counts.ok);
    for (let index = 1; index < items.length; index++) {
      expect((items[index - 1]?.endsAt ?? "") <= (items[index]?.startsAt ?? "")).toBe(true);
    }
    expect(await deadlocks()).toBe(0);
  });

  it("for one room, by 200 providers: one gets it, 199 are told slot_taken", {
    timeout: 90_000,
  }, async () => {
    const room = await createRoom(server.database, organization, { siteId });
    const providers = await Promise.all(
      Array.from({ length: attempts }, () => createProvider(server.database, organization, { siteId })),
    );
    const create = ({ id }: { id: string }) =>
      staff.client.appointments.create.mutate({
        providerId: id,
        roomId: room.id,
        startsAt: hour(1),
        endsAt: hour(2),
      });
    expect(await outcomes(providers.map(create))).toEqual({ ok: 1, slot_taken: attempts - 1 });
    expect(await deadlocks()).toBe(0);
  });

  it("moves against creations for the same time: one gets it", { timeout: 90_000 }, async () => {
    const provider = await createProvider(server.database, organization, { siteId });
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        staff.client.appointments.create.mutate({
          providerId: provider.id,
          startsAt: hour(100 + index),
          endsAt: hour(101 + index),
        }),
      ),
    );
    const move = (index: number) => {
      const appointment = others[index % others.length]?.appointment;
      if (!appointment) throw new Error("nothing to move");
      return staff.client.appointments.move.mutate({
        id: appointment.id,
        version: appointment.version,
        startsAt: hour(1),
      });
    };
    const create = () =>
      staff.client.appointments.create.mutate({
        providerId: provider.id,
        startsAt: hour(1),
        endsAt: hour(2),
      });
    const counts = await outcomes(
      Array.from({ length: attempts }, (_, index) => (index % 2 ? create() : move(index / 2))),
    );
    expect(counts.ok).toBe(1);
    expect((counts.slot_taken ?? 0) + (counts.version_conflict ?? 0)).toBe(attempts - 1);
    // A conflict of versions only meets those who move the very appointment that got the place.
    expect(counts.version_conflict ?? 0).toBeLessThan(attempts / 20);
    expect(await deadlocks()).toBe(0);
  });

  it("crossing moves between two providers and rooms neither deadlock nor overlap", {
    timeout: 90_000,
  }, async () => {
    const [a, b] = await Promise.all(
      [1, 2].map(() => createProvider(server.database, organization, { siteId })),
    );
    const [x, y] = await Promise.all([1, 2].map(() => createRoom(server.database, organization, { siteId })));
    if (!a || !b || !x || !y) throw new Error("factories failed");
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        staff.client.appointments.create.mutate({
          providerId: index % 2 ? a.id : b.id,
          roomId: index % 2 ? x.id : y.id,
          startsAt: hour(10 + index),
          endsAt: hour(11 + index),
        }),
      ),
    );
    const counts = await outcomes(
      made.map(({ appointment }, index) =>
        staff.client.appointments.move.mutate({
          id: appointment.id,
          version: appointment.version,
          startsAt: hour(10 + ((index + 2) % 20)),
          providerId: index % 2 ? b.id : a.id,
          roomId: index % 2 ? y.id : x.id,
        }),
      ),
    );
    expect(Object.keys(counts).every((code) => code === "ok" || code === "slot_taken")).toBe(true);
    expect(await deadlocks()).toBe(0);
  });

  it("with one idempotency key: one row, one answer", { timeout: 60_000 }, async () => {
    const provider = await createProvider(server.database, organization, { siteId });
    const service = await createService(server.database, organization, { providerIds: [provider.id] });
    const request = {
      providerId: provider.id,
      serviceId: service.id,
      startsAt: hour(1),
      client: { name: "Zoé Idempotente", email: "zoe@example.test" },
      attendees: [{ name: "Paul", email: "paul@example.test" }],
      idempotencyKey: "retry-me-please",
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => staff.client.appointments.create.mutate(request)),
    );
    expect(new Set(answers.map(({ appointment }) => JSON.stringify(appointment))).size).toBe(1);
    const { items } = await staff.client.appointments.list.query({
      from: hour(0),
      to: hour(24),
      providerIds: [provider.id],
    });
    expect(items).toHaveLength(1);
    await expect(
      staff.client.appointments.create.mutate({ ...request, startsAt: hour(5) }),
    ).rejects.toMatchObject({ data: { code: "idempotency_conflict" } });
  });
});
