import { appRouter } from "@creneau/api/root";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { furnishOffice, marker, type Office } from "./furnished-office.ts";
import { samplesOf } from "./sample-input.ts";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

/** Places in a list that only an earlier answer can name. */
const cursors = ["cursor", "lastEventId"];

/** Subscriptions need a socket: each has a test of its own, here or in the file named. */
const subscriptionsTestedApart = {
  "appointments.onChange": "below",
  "directory.onChange": "below",
  "presence.holdOpen": "presence.test.ts",
  "booking.onSlots": "public: its answer holds the slots that the link's page shows to anybody",
};

interface Procedure {
  name: string;
  type: "query" | "mutation" | "subscription";
  input: z.ZodType | undefined;
}

const procedures: Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; inputs: z.ZodType[] } }
  >,
).map(([name, { _def }]) => ({ name, type: _def.type, input: _def.inputs[0] }));

/** What a session can call, but the one procedure that ends the session itself. */
const callable = procedures.filter(
  ({ name, type }) => type !== "subscription" && name !== "session.signOutEverywhere",
);

let server: TestServer;
let victim: Office;
let intruder: Member;

beforeAll(async () => {
  server = await startTestServer();
  victim = await furnishOffice(server);
  intruder = await server.signInMember(await server.createOrganization(), { role: "owner" });
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

interface Answer {
  status: number;
  /** Of an error. */
  code: string;
  text: string;
}

async function call(member: Member, { name, type }: Procedure, input: unknown): Promise<Answer> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await member.fetch(`/api/trpc/${name}${type === "query" ? query : ""}`, {
    method: type === "query" ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    ...(type === "mutation" && { body: JSON.stringify(input ?? {}) }),
  });
  const text = await response.text();
  return { status: response.status, code: JSON.parse(text).error?.data.code ?? "", text };
}

/** Requests that the procedure's schema takes: with each of the office's ids where a field's name does not say which. */
function inputsFor({ name, input: schema }: Procedure, { ids }: Office): unknown[] {
  if (!schema) return [undefined];
  const known = Object.values(ids);
  const samplesWith = (id: string) => samplesOf(schema, { id, byField: { ...ids, id } }, cursors);
  const [somewhere] = known;
  const isIdFree = !JSON.stringify(samplesWith(freeId)).includes(freeId);
  const samples = isIdFree && somewhere ? samplesWith(somewhere) : known.flatMap(samplesWith);
  if (samples.length === 0) throw new Error(`${name} is never called: no sample satisfies its schema`);
  return samples;
}
const freeId = "00000000-0000-7000-8000-000000000000";

/** What takes things away comes last, so that there is something to reach until then. */
const lastOf = [/archive|merge|close|cancel/i, /remove|revoke|leave|retry/i];
const gently = (list: Procedure[]) => {
  const rank = ({ name }: Procedure) => lastOf.findIndex((pattern) => pattern.test(name));
  return list.toSorted((one, other) => rank(one) - rank(other));
};

describe("another organization's owner, with every id of this one", () => {
  it("reads nothing and changes nothing, whatever the procedure", { timeout: 120_000 }, async () => {
    const before = await everythingOf(victim.organization.id);
    const leaks: string[] = [];
    const secrets = [marker, "alpha@example.test", "alpha.guest@example.test", "alpha.invited@example.test"];
    for (const procedure of gently(callable)) {
      for (const input of inputsFor(procedure, victim)) {
        const { status, text } = await call(intruder, procedure, input);
        if (secrets.some((secret) => text.includes(secret)))
          leaks.push(`${procedure.name} ${status} ${text.slice(0, 200)}`);
        if (status >= 500) leaks.push(`${procedure.name} answered ${status} to ${JSON.stringify(input)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(await everythingOf(victim.organization.id)).toBe(before);
    // Still the one they were: no answer above was a mere "sign in first".
    expect((await intruder.client.session.me.query())?.role).toBe("owner");
  });

  it("twin: the same requests by its own owner reach every procedure", { timeout: 120_000 }, async () => {
    /** Opened by a secret, or in need of more than ids: theirs are tests of their own. */
    const apart =
      /^(booking|session)\.|^waitlist\.(join|entry|accept|decline|leave)$|^members\.(invitation|acceptInvitation)$|^jobs\.retry/;
    const refusals = /^(not_found|invalid_input|unauthenticated|forbidden|internal)$/;
    const office = await furnishOffice(server);
    const missed: string[] = [];
    for (const procedure of gently(callable.filter(({ name }) => !apart.test(name)))) {
      const refused: string[] = [];
      let isReached = false;
      for (const input of inputsFor(procedure, office)) {
        const { status, code, text } = await call(office.owner, procedure, input);
        isReached = status === 200 || (procedure.type === "mutation" && !refusals.test(code));
        if (isReached) break;
        refused.push(text.slice(0, 200));
      }
      if (!isReached) missed.push(`${procedure.name}: ${refused}`);
    }
    expect(missed).toEqual([]);
    const appointment = await victim.owner.client.appointments.byId.query({
      id: victim.ids.appointmentId ?? "",
    });
    expect(appointment.title).toBe(marker);
  });

  it("subscribes to nothing that is not tested", () => {
    const subscriptions = procedures.filter(({ type }) => type === "subscription").map(({ name }) => name);
    expect(subscriptions.sort()).toEqual(Object.keys(subscriptionsTestedApart).sort());
  });

  it("hears nothing on the socket", async () => {
    const heard: string[] = [];
    const { client } = intruder.wsClient();
    const ready = Promise.withResolvers<void>();
    client.appointments.onChange.subscribe(
      { siteIds: [victim.ids.siteId ?? ""], providerIds: [victim.ids.providerId ?? ""] },
      {
        onData: ({ data }) => {
          heard.push(data.type);
          if (data.type === "connected") ready.resolve();
        },
      },
    );
    await ready.promise;
    const { client: own } = victim.owner.wsClient();
    const change = Promise.withResolvers<string>();
    own.appointments.onChange.subscribe(
      {},
      { onData: ({ data }) => data.type !== "connected" && change.resolve(data.type) },
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await victim.owner.client.appointments.update.mutate({
      id: victim.ids.appointmentId ?? "",
      version: 2,
      title: `${marker} 2`,
    });
    expect(await change.promise).toBe("appointment.updated");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard).toEqual(["connected"]);
  });

  it("hears nothing of the directory on the socket", async () => {
    const follow = (member: Member) => {
      const heard: string[][] = [];
      member.wsClient().client.directory.onChange.subscribe(undefined, {
        onData: ({ kinds }) => void heard.push(kinds),
      });
      return heard;
    };
    const [foreign, own] = [follow(intruder), follow(victim.owner)];
    await expect.poll(() => [foreign.length, own.length]).toEqual([1, 1]);
    await victim.owner.client.directory.services.update.mutate({
      id: victim.ids.serviceId ?? "",
      description: `${marker} 2`,
    });
    await expect.poll(() => own.slice(1)).toEqual([["service"]]);
    await intruder.client.directory.organization.update.mutate({ phone: "04 91 00 00 01" });
    // Its own change comes after the other one in the log: what was to be heard of that has been heard.
    await expect.poll(() => foreign.slice(1)).toEqual([["organization"]]);
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
