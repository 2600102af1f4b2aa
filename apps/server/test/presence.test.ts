import type { AppRouter } from "@creneau/api/root";
import { createProvider, createSite, type TestOrganization } from "@creneau/db/testing/factories";
import type { TRPCClientErrorLike } from "@trpc/client";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
let twin: TestServer;
let organization: TestOrganization;
let first: Member;
let second: Member;
let appointmentId: string;

beforeAll(async () => {
  server = await startTestServer();
  twin = await server.startTwin();
  organization = await server.createOrganization();
  [first, second] = await Promise.all([
    server.signInMember(organization, { role: "manager" }),
    twin.signInMember(organization, { role: "operator" }),
  ]);
  const site = await createSite(server.database, organization);
  const { id: providerId } = await createProvider(server.database, organization, { siteId: site.id });
  const { appointment } = await first.client.appointments.create.mutate({
    providerId,
    startsAt: "2099-03-03T09:00:00.000Z",
    endsAt: "2099-03-03T10:00:00.000Z",
    force: true,
  });
  appointmentId = appointment.id;
}, 60_000);

afterAll(() => server?.close());

/** Holds the appointment open on a socket of its own. */
function open(member: Member, id = appointmentId) {
  const heard: string[][] = [];
  const errors: TRPCClientErrorLike<AppRouter>[] = [];
  const { client, close } = member.wsClient();
  const subscription = client.presence.holdOpen.subscribe(
    { appointmentId: id },
    {
      onData: ({ others }) => void heard.push(others.map(({ userId }) => userId)),
      onError: (error) => void errors.push(error),
    },
  );
  return { heard, errors, leave: () => subscription.unsubscribe(), cut: close };
}

describe("holding an appointment open", () => {
  it("is told to whoever else has it open, on another server too, until they leave", async () => {
    const one = open(first);
    await expect.poll(() => one.heard).toEqual([[]]);
    const two = open(second);
    await expect.poll(() => two.heard).toEqual([[first.userId]]);
    await expect.poll(() => one.heard.at(-1), { timeout: 3_000 }).toEqual([second.userId]);
    two.leave();
    await expect.poll(() => one.heard.at(-1), { timeout: 3_000 }).toEqual([]);
    one.leave();
  });

  it("ends with the socket, without a farewell", async () => {
    const one = open(first);
    const two = open(second);
    await expect.poll(() => one.heard.at(-1), { timeout: 3_000 }).toEqual([second.userId]);
    await two.cut();
    await expect.poll(() => one.heard.at(-1), { timeout: 3_000 }).toEqual([]);
    one.leave();
  });

  it("does not count what a process that died left behind", async () => {
    const admin = new PgClient({ connectionString: server.adminUrl });
    await admin.connect();
    await admin.query(
      `INSERT INTO presence (organization_id, id, appointment_id, user_id, seen_at)
       VALUES ($1, uuid_v7(), $2, $3, now() - interval '2 minutes')`,
      [organization.id, appointmentId, second.userId],
    );
    const one = open(first);
    await expect.poll(() => one.heard).toEqual([[]]);
    const { rows } = await admin.query("SELECT user_id FROM presence WHERE appointment_id = $1", [
      appointmentId,
    ]);
    expect(rows).toEqual([{ user_id: first.userId }]);
    await admin.end();
    one.leave();
  });

  it("is refused for another organization's appointment as every other question about it is, and leaves no row", async () => {
    const stranger = await server.signInMember(await server.createOrganization(), { role: "owner" });
    const asked = await stranger.client.appointments.byId
      .query({ id: appointmentId })
      .catch((error) => error);
    const refusals = await Promise.all(
      [appointmentId, "0190b0c0-0000-7000-8000-000000000000"].map(async (id) => {
        const attempt = open(stranger, id);
        await expect.poll(() => attempt.errors).toHaveLength(1);
        expect(attempt.heard).toEqual([]);
        return attempt.errors[0];
      }),
    );
    const { data, shape, message } = asked;
    expect(data).toMatchObject({ code: "not_found", httpStatus: 404 });
    for (const refusal of refusals) {
      expect(refusal?.message).toBe(message);
      expect(refusal?.shape?.code).toBe(shape.code);
      expect(refusal?.data).toEqual({ ...data, path: "presence.holdOpen" });
    }
  });
});
