import { reactToAll } from "@creneau/api/reactions.fixture";
import {
  createProvider,
  createRoom,
  createService,
  createSite,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
let organization: TestOrganization;
let staff: Member;
let siteId: string;
let providerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organization = await server.createOrganization();
  staff = await server.signInMember(organization, { role: "manager" });
  siteId = (await createSite(server.database, organization)).id;
});

beforeEach(async () => {
  providerId = (await createProvider(server.database, organization, { siteId })).id;
});

afterAll(() => server.close());

const hour = (count: number) =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + (24 + count) * 3_600_000).toISOString();

async function book(startHour = 1, more: object = {}) {
  const { appointment } = await staff.client.appointments.create.mutate({
    providerId,
    startsAt: hour(startHour),
    endsAt: hour(startHour + 1),
    ...more,
  });
  return appointment;
}

const refused = (code: string) => ({ data: { code } });

describe("versions", () => {
  it("refuses a change made on a stale version and answers the current row", async () => {
    const made = await book();
    const moved = await staff.client.appointments.move.mutate({
      id: made.id,
      version: made.version,
      startsAt: hour(5),
    });
    const seen = { id: made.id, version: made.version };
    const stale = [
      () => staff.client.appointments.move.mutate({ ...seen, startsAt: hour(7) }),
      () => staff.client.appointments.update.mutate({ ...seen, title: "Trop tard" }),
      () => staff.client.appointments.cancel.mutate(seen),
      () => staff.client.appointments.setStatus.mutate({ ...seen, status: "completed" }),
    ];
    for (const attempt of stale) {
      await expect(attempt()).rejects.toMatchObject({
        data: {
          code: "version_conflict",
          details: { current: { id: made.id, version: moved.appointment.version, startsAt: hour(5) } },
        },
      });
    }
  });

  it("twin: with the current version each of them succeeds", async () => {
    const made = await book();
    const { appointment: moved } = await staff.client.appointments.move.mutate({
      id: made.id,
      version: made.version,
      startsAt: hour(5),
    });
    const { appointment: updated } = await staff.client.appointments.update.mutate({
      id: made.id,
      version: moved.version,
      title: "À l’heure",
    });
    expect(updated).toMatchObject({ title: "À l’heure", version: 3, startsAt: hour(5) });
    const { appointment: done } = await staff.client.appointments.setStatus.mutate({
      id: made.id,
      version: 3,
      status: "completed",
    });
    expect(done).toMatchObject({ status: "completed", version: 4 });
  });
});

describe("a taken time", () => {
  it("says what is in the way and offers the three nearest free starts", async () => {
    await book(3);
    await expect(book(3)).rejects.toMatchObject({
      data: {
        code: "slot_taken",
        details: { reasons: [{ code: "busy" }], alternatives: [{ startsAt: expect.any(String) }, {}, {}] },
      },
    });
  });

  it("counts the buffers of the service", async () => {
    const service = await createService(server.database, organization, {
      providerIds: [providerId],
      durationMinutes: 60,
      bufferAfter: 30,
    });
    await book(3, { serviceId: service.id, endsAt: undefined });
    const behind = new Date(Date.parse(hour(4)) + 15 * 60_000).toISOString();
    await expect(
      staff.client.appointments.create.mutate({ providerId, startsAt: behind, endsAt: hour(5) }),
    ).rejects.toMatchObject(refused("slot_taken"));
    const clear = new Date(Date.parse(hour(4)) + 30 * 60_000).toISOString();
    await staff.client.appointments.create.mutate({ providerId, startsAt: clear, endsAt: hour(5) });
  });

  it("may be forced by a manager into the next lane, audited; not by an operator", async () => {
    const first = await book(3);
    const operator = await server.signInMember(organization, { role: "operator" });
    const request = { providerId, startsAt: hour(3), endsAt: hour(4), force: true };
    await expect(operator.client.appointments.create.mutate(request)).rejects.toMatchObject(
      refused("forbidden"),
    );
    const forced = await staff.client.appointments.create.mutate(request);
    expect(forced.appointment.lane).toBe(1);
    expect(forced.warnings.map(({ code }) => code)).toContain("overbooked");
    const { items } = await staff.client.appointments.history.query({ id: forced.appointment.id });
    expect(items[0]).toMatchObject({ action: "appointment.created", diff: { forced: expect.any(Array) } });
    expect(first.lane).toBe(0);
  });

  it("gives a room of its own to a service that needs one, and refuses when none is left", async () => {
    const site = await createSite(server.database, organization);
    await createRoom(server.database, organization, { siteId: site.id });
    const [one, two] = await Promise.all(
      [1, 2].map(() => createProvider(server.database, organization, { siteId: site.id })),
    );
    const providerIds = [one?.id ?? "", two?.id ?? ""];
    const service = await createService(server.database, organization, { providerIds, needsRoom: true });
    const create = (id: string) =>
      staff.client.appointments.create.mutate({ providerId: id, serviceId: service.id, startsAt: hour(3) });
    expect((await create(providerIds[0] ?? "")).appointment.roomId).not.toBeNull();
    await expect(create(providerIds[1] ?? "")).rejects.toMatchObject({
      data: { code: "slot_taken", details: { reasons: [{ code: "room_taken" }] } },
    });
  });
});

describe("outside the hours", () => {
  it("is refused with the reason, and forced only by a role that may", async () => {
    const shut = await createProvider(server.database, organization, { siteId, weekly: [] });
    const request = { providerId: shut.id, startsAt: hour(1), endsAt: hour(2) };
    await expect(staff.client.appointments.create.mutate(request)).rejects.toMatchObject({
      data: { code: "outside_availability", details: { reasons: [{ code: "closed" }] } },
    });
    const forced = await staff.client.appointments.create.mutate({ ...request, force: true });
    expect(forced.appointment.startsAt).toBe(hour(1));
  });
});

describe("undo", () => {
  it("takes back a move, a cancellation and an update", async () => {
    const made = await book();
    const moved = await staff.client.appointments.move.mutate({ id: made.id, version: 1, startsAt: hour(8) });
    const back = await staff.client.appointments.undo.mutate({ token: moved.undo?.token ?? "" });
    expect(back.appointment).toMatchObject({ startsAt: made.startsAt, endsAt: made.endsAt, version: 3 });
    const cancelled = await staff.client.appointments.cancel.mutate({
      id: made.id,
      version: 3,
      reason: "erreur",
    });
    expect(cancelled.appointment.status).toBe("cancelled");
    const revived = await staff.client.appointments.undo.mutate({ token: cancelled.undo?.token ?? "" });
    expect(revived.appointment).toMatchObject({ status: "confirmed", cancelledAt: null, version: 5 });
    const updated = await staff.client.appointments.update.mutate({
      id: made.id,
      version: 5,
      title: "Autre",
    });
    const restored = await staff.client.appointments.undo.mutate({ token: updated.undo?.token ?? "" });
    expect(restored.appointment).toMatchObject({ title: made.title, version: 7 });
  });

  it("answers the same when the undo itself is retried", async () => {
    const made = await book();
    const { undo } = await staff.client.appointments.move.mutate({
      id: made.id,
      version: 1,
      startsAt: hour(8),
    });
    const token = undo?.token ?? "";
    const answers = await Promise.all([1, 2, 3].map(() => staff.client.appointments.undo.mutate({ token })));
    expect(new Set(answers.map(({ appointment }) => appointment.version))).toEqual(new Set([3]));
  });

  it("is refused once somebody else has changed the appointment, and when the old time is gone", async () => {
    const made = await book();
    const first = await staff.client.appointments.move.mutate({ id: made.id, version: 1, startsAt: hour(8) });
    await book(1);
    await expect(
      staff.client.appointments.undo.mutate({ token: first.undo?.token ?? "" }),
    ).rejects.toMatchObject(refused("slot_taken"));
    await staff.client.appointments.update.mutate({ id: made.id, version: 2, title: "Entre-temps" });
    await expect(
      staff.client.appointments.undo.mutate({ token: first.undo?.token ?? "" }),
    ).rejects.toMatchObject(refused("version_conflict"));
  });

  it("is refused after the window, and to anybody but its author", async () => {
    const other = await server.createOrganization();
    const quick = await server.signInMember(other, { role: "owner" });
    const site = await createSite(server.database, other);
    const provider = await createProvider(server.database, other, { siteId: site.id });
    await quick.client.directory.organization.update.mutate({ undoSeconds: 0 });
    const { appointment } = await quick.client.appointments.create.mutate({
      providerId: provider.id,
      startsAt: hour(1),
      endsAt: hour(2),
    });
    const late = await quick.client.appointments.move.mutate({
      id: appointment.id,
      version: 1,
      startsAt: hour(4),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(
      quick.client.appointments.undo.mutate({ token: late.undo?.token ?? "" }),
    ).rejects.toMatchObject(refused("undo_expired"));
    const made = await book();
    const moved = await staff.client.appointments.move.mutate({ id: made.id, version: 1, startsAt: hour(8) });
    const colleague = await server.signInMember(organization, { role: "admin" });
    await expect(
      colleague.client.appointments.undo.mutate({ token: moved.undo?.token ?? "" }),
    ).rejects.toMatchObject(refused("not_found"));
  });

  it("is open while the notice waits: the job is due only after the window", async () => {
    const made = await book(1, { client: { name: "Léa Prévenue", email: "lea@example.test" } });
    const moved = await staff.client.appointments.move.mutate({ id: made.id, version: 1, startsAt: hour(8) });
    await reactToAll(server.database);
    const due = await server.database.pool.query<{ start_after: Date; change: string }>(
      `SELECT start_after, data ->> 'change' AS change FROM pgboss.job WHERE data ->> 'appointmentId' = $1 ORDER BY created_on`,
      [made.id],
    );
    expect(due.rows.map(({ change }) => change)).toEqual(["created", "moved"]);
    expect(due.rows[1]?.start_after.getTime()).toBeGreaterThan(Date.parse(moved.undo?.until ?? ""));
    const quiet = await staff.client.appointments.move.mutate({
      id: made.id,
      version: 2,
      startsAt: hour(9),
      notify: false,
    });
    expect(quiet.undo).not.toBeNull();
    await reactToAll(server.database);
    const after = await server.database.pool.query(
      "SELECT 1 FROM pgboss.job WHERE data ->> 'appointmentId' = $1",
      [made.id],
    );
    expect(after.rowCount).toBe(2);
  });
});

describe("statuses", () => {
  it("follow the normal life, allow corrections and refuse the rest with a reason", async () => {
    const made = await book();
    const set = (version: number, status: "in_progress" | "completed" | "confirmed" | "no_show" | "held") =>
      staff.client.appointments.setStatus.mutate({ id: made.id, version, status });
    expect((await set(1, "in_progress")).appointment.status).toBe("in_progress");
    expect((await set(2, "completed")).appointment.status).toBe("completed");
    await expect(set(3, "held")).rejects.toMatchObject(refused("invalid_transition"));
    expect((await set(3, "confirmed")).appointment.status).toBe("confirmed");
    await expect(set(4, "no_show")).rejects.toMatchObject(refused("invalid_transition"));
  });

  it("a correction that needs time somebody else took meanwhile is refused as slot_taken", async () => {
    const made = await book();
    const { appointment } = await staff.client.appointments.setStatus.mutate({
      id: made.id,
      version: 1,
      status: "completed",
    });
    await book(1);
    await expect(
      staff.client.appointments.setStatus.mutate({
        id: made.id,
        version: appointment.version,
        status: "confirmed",
      }),
    ).rejects.toMatchObject(refused("slot_taken"));
  });
});

describe("roles", () => {
  it("a provider changes their own appointments and reads the others", async () => {
    const user = await server.signInMember(organization, { role: "provider" });
    const own = await createProvider(server.database, organization, { siteId, userId: user.userId });
    // Their seat is read anew: being a provider is part of it.
    const me = await server.signIn(user.email);
    const mine = await me.client.appointments.create.mutate({
      providerId: own.id,
      startsAt: hour(1),
      endsAt: hour(2),
    });
    await me.client.appointments.move.mutate({ id: mine.appointment.id, version: 1, startsAt: hour(3) });
    const other = await book();
    expect((await me.client.appointments.byId.query({ id: other.id })).id).toBe(other.id);
    await expect(
      me.client.appointments.move.mutate({ id: other.id, version: 1, startsAt: hour(4) }),
    ).rejects.toMatchObject(refused("forbidden"));
    await expect(
      me.client.appointments.move.mutate({
        id: mine.appointment.id,
        version: 2,
        startsAt: hour(5),
        providerId,
      }),
    ).rejects.toMatchObject(refused("forbidden"));
    await expect(
      me.client.appointments.create.mutate({ providerId, startsAt: hour(6) }),
    ).rejects.toMatchObject(refused("forbidden"));
  });

  it("a viewer changes nothing", async () => {
    const viewer = await server.signInMember(organization, { role: "viewer" });
    const made = await book();
    expect(
      (await viewer.client.appointments.list.query({ from: hour(0), to: hour(9) })).items.length,
    ).toBeGreaterThan(0);
    await expect(
      viewer.client.appointments.create.mutate({ providerId, startsAt: hour(6) }),
    ).rejects.toMatchObject(refused("forbidden"));
    await expect(viewer.client.appointments.cancel.mutate({ id: made.id, version: 1 })).rejects.toMatchObject(
      refused("forbidden"),
    );
    await expect(
      viewer.client.appointments.setStatus.mutate({ id: made.id, version: 1, status: "completed" }),
    ).rejects.toMatchObject(refused("forbidden"));
  });

  it("a seat that covers one site does not know the others exist", async () => {
    const elsewhere = await createSite(server.database, organization);
    const member = await server.signInMember(organization, { role: "manager", siteIds: [elsewhere.id] });
    const made = await book();
    await expect(member.client.appointments.byId.query({ id: made.id })).rejects.toMatchObject(
      refused("not_found"),
    );
    expect((await member.client.appointments.list.query({ from: hour(0), to: hour(9) })).items).toEqual([]);
    expect(
      (await member.client.appointments.list.query({ from: hour(0), to: hour(9), siteIds: [siteId] })).items,
    ).toEqual([]);
    await expect(member.client.appointments.cancel.mutate({ id: made.id, version: 1 })).rejects.toMatchObject(
      refused("not_found"),
    );
  });
});

describe("the list", () => {
  it("pages by cursor without loss, searches names and references, and leaves cancelled ones out", async () => {
    for (let index = 0; index < 7; index++) {
      await book(10 + index, {
        client: { name: index === 3 ? "Élodie Müller" : `Client ${index}` },
        title: `Visite ${index}`,
      });
    }
    const window = { from: hour(9), to: hour(30), providerIds: [providerId] };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } =
        await staff.client.appointments.list.query({ ...window, limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    const found = await staff.client.appointments.list.query({ ...window, search: "elodie muller" });
    expect(found.items.map(({ clientName }) => clientName)).toEqual(["Élodie Müller"]);
    const [first] = found.items;
    await staff.client.appointments.cancel.mutate({ id: first?.id ?? "", version: 1 });
    expect((await staff.client.appointments.list.query({ ...window, search: "elodie" })).items).toEqual([]);
    expect(
      (await staff.client.appointments.list.query({ ...window, statuses: ["cancelled"] })).items,
    ).toHaveLength(1);
  });

  it("refuses bad input with a coded error, naming the field", async () => {
    await expect(staff.client.appointments.list.query({ from: hour(2), to: hour(1) })).rejects.toMatchObject({
      data: { code: "invalid_input", details: { issues: [{ path: "to" }] } },
    });
    await expect(
      staff.client.appointments.list.query({ from: "2026-01-01T10:00:00+01:00", to: hour(1) }),
    ).rejects.toMatchObject(refused("invalid_input"));
    await expect(
      staff.client.appointments.list.query({ from: hour(1), to: hour(2), cursor: "nonsense" }),
    ).rejects.toMatchObject(refused("invalid_input"));
  });
});
