import { appRouter } from "@creneau/api/root";
import {
  createProvider,
  createRoom,
  createService,
  createSite,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { type SampleIds, sampleOf } from "./sample-input.ts";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

/**
 * Procedures for anybody: a public link, one's own account, an invitation by its secret. No tenant's session opens them.
 */
const open = /^(booking|session)\.|^members\.(invitation|acceptInvitation|usernameAvailable)$/;
/** Pairs of fields of which a request carries one. */
const exclusive = ["client", "subject", "cursor", "lastEventId"];

interface Procedure {
  name: string;
  type: "query" | "mutation" | "subscription";
  input: z.ZodType | undefined;
}

function procedures(): Procedure[] {
  return Object.entries(
    appRouter._def.procedures as unknown as Record<
      string,
      { _def: { type: Procedure["type"]; inputs: z.ZodType[] } }
    >,
  )
    .map(([name, { _def }]) => ({ name, type: _def.type, input: _def.inputs[0] }))
    .filter(({ name }) => !open.test(name));
}

let server: TestServer;
let victim: TestOrganization;
let owner: Member;
let intruder: Member;
let ids: Record<string, string>;
const marker = "Alpha-confidentiel";

beforeAll(async () => {
  server = await startTestServer();
  victim = await server.createOrganization({ name: marker });
  owner = await server.signInMember(victim, { role: "owner" });
  const site = await createSite(server.database, victim, { name: marker });
  const room = await createRoom(server.database, victim, { siteId: site.id, name: marker });
  const provider = await createProvider(server.database, victim, {
    siteId: site.id,
    name: marker,
    userId: owner.userId,
  });
  const service = await createService(server.database, victim, { name: marker, providerIds: [provider.id] });
  const { appointment } = await owner.client.appointments.create.mutate({
    providerId: provider.id,
    serviceId: service.id,
    startsAt: new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 50 * 3_600_000).toISOString(),
    title: marker,
    client: { name: marker, email: "alpha@example.test", phone: "+33612345678" },
    subject: { kind: "file", reference: marker },
    attendees: [{ name: marker, email: "alpha.guest@example.test" }],
  });
  const { attendees } = await owner.client.appointments.byId.query({ id: appointment.id });
  ids = {
    siteId: site.id,
    roomId: room.id,
    providerId: provider.id,
    serviceId: service.id,
    clientId: appointment.clientId ?? "",
    subjectId: appointment.subjectId ?? "",
    appointmentId: appointment.id,
    attendeeId: attendees[0]?.id ?? "",
    userId: owner.userId,
    membershipId: owner.membershipId,
    organizationId: victim.id,
  };
  const other = await server.createOrganization();
  intruder = await server.signInMember(other, { role: "owner" });
});

afterAll(() => server.close());

/** Every row of the victim, as text; equal before and after means that nothing was changed. */
async function everythingOf(organizationId: string): Promise<string> {
  const admin = new PgClient({ connectionString: server.adminUrl });
  await admin.connect();
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'organization_id' ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await admin.query(
      `SELECT t::text AS row FROM "${name}" t WHERE organization_id = $1 ORDER BY 1`,
      [organizationId],
    );
    parts.push(`${name}\n${rows.map(({ row }) => row).join("\n")}`);
  }
  const { rows } = await admin.query("SELECT o::text AS row FROM organization o WHERE id = $1", [
    organizationId,
  ]);
  await admin.end();
  return [...parts, JSON.stringify(rows)].join("\n");
}

async function call(
  member: Member,
  { name, type }: Procedure,
  input: unknown,
): Promise<{ status: number; text: string }> {
  const query = type === "query" ? `?input=${encodeURIComponent(JSON.stringify(input ?? null))}` : "";
  const response = await member.fetch(
    `/api/trpc/${name}${input === undefined && type === "query" ? "" : query}`,
    {
      method: type === "query" ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(type === "mutation" && { body: JSON.stringify(input ?? {}) }),
    },
  );
  return { status: response.status, text: await response.text() };
}

function inputs(procedure: Procedure): unknown[] {
  if (!procedure.input) return [undefined];
  const schema = procedure.input;
  // Each of the victim's ids in turn where a field is just called `id`.
  return Object.values(ids).map((id) => {
    const sample: SampleIds = { id, byField: { ...ids, id } };
    return sampleOf(schema, sample, "id", exclusive);
  });
}

describe("another organization's owner, with every id of this one", () => {
  it("reads nothing and changes nothing, whatever the procedure", { timeout: 120_000 }, async () => {
    const before = await everythingOf(victim.id);
    const leaks: string[] = [];
    const secrets = [marker, "alpha@example.test", "alpha.guest@example.test"];
    for (const procedure of procedures().filter(({ type }) => type !== "subscription")) {
      for (const input of inputs(procedure)) {
        const { status, text } = await call(intruder, procedure, input);
        if (secrets.some((secret) => text.includes(secret)))
          leaks.push(`${procedure.name} ${status} ${text.slice(0, 200)}`);
        if (status >= 500) leaks.push(`${procedure.name} answered ${status} to ${JSON.stringify(input)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(await everythingOf(victim.id)).toBe(before);
  });

  it("twin: the same requests by the owner reach most procedures, so the samples are real", {
    timeout: 120_000,
  }, async () => {
    const reached = new Set<string>();
    const rejected = new Map<string, string>();
    for (const procedure of procedures().filter(({ type }) => type === "query")) {
      for (const input of inputs(procedure)) {
        const { status, text } = await call(owner, procedure, input);
        if (status === 200) reached.add(procedure.name);
        else rejected.set(procedure.name, text.slice(0, 300));
      }
    }
    const missed = procedures().filter(({ name, type }) => type === "query" && !reached.has(name));
    expect(missed.map(({ name }) => `${name}: ${rejected.get(name)}`)).toEqual([]);
    const { text } = await call(
      owner,
      { name: "appointments.byId", type: "query", input: undefined },
      { id: ids.appointmentId },
    );
    expect(text).toContain(marker);
  });

  it("hears nothing on the socket", async () => {
    const heard: string[] = [];
    const { client } = intruder.wsClient();
    const ready = Promise.withResolvers<void>();
    client.appointments.onChange.subscribe(
      { siteIds: [ids.siteId ?? ""], providerIds: [ids.providerId ?? ""] },
      {
        onData: ({ data }) => {
          heard.push(data.type);
          if (data.type === "connected") ready.resolve();
        },
      },
    );
    await ready.promise;
    const { client: own } = owner.wsClient();
    const change = Promise.withResolvers<string>();
    own.appointments.onChange.subscribe(
      {},
      { onData: ({ data }) => data.type !== "connected" && change.resolve(data.type) },
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await owner.client.appointments.update.mutate({
      id: ids.appointmentId ?? "",
      version: 1,
      title: `${marker} 2`,
    });
    expect(await change.promise).toBe("appointment.updated");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard).toEqual(["connected"]);
  });

  it("resumes nothing of it with a cursor of its log", async () => {
    const { client } = intruder.wsClient();
    const heard: string[] = [];
    const subscription = client.appointments.onChange.subscribe(
      { lastEventId: "1-1" },
      { onData: ({ data }) => void heard.push(data.id) },
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    subscription.unsubscribe();
    expect(heard.filter((id) => id !== "")).toEqual([]);
  });
});
