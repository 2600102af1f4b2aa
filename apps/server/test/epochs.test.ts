import { once } from "node:events";
import { createProvider, createSite, type TestOrganization } from "@creneau/db/testing/factories";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestServer, type TestServer } from "./test-server.ts";

/*
 * What a process does once its log has broken off. The break itself, on real clusters, is packages/db/src/events/log-epochs.test.ts's;
 * here the newest epoch is made to name another history, which is what a restored database looks like to the process.
 */

let server: TestServer;
let organization: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  organization = await server.createOrganization();
}, 60_000);
afterAll(() => server?.close());

/** As the owner and without any trigger: nobody is told, as of what a restored database holds. */
async function behindTheLog(...statements: [string, unknown[]][]): Promise<void> {
  const owner = new PgClient({ connectionString: server.adminUrl });
  await owner.connect();
  await owner.query("SET session_replication_role = replica");
  for (const [statement, values] of statements) await owner.query(statement, values);
  await owner.end();
}

const breakOff: [string, unknown[]] = ["UPDATE log_epoch SET history = 'another/1/1'", []];
const soon = { timeout: 15_000, interval: 50 };

test("open sockets are told to read anew and go on, and nothing that was remembered is believed any more", async () => {
  const staff = await server.signInMember(organization, { role: "owner" });
  const other = await server.signInMember(organization, { role: "manager" });
  const site = await createSite(server.database, organization);
  const provider = await createProvider(server.database, organization, { siteId: site.id });
  const live = staff.wsClient();
  const changes: { type: string; lastEventId: string }[] = [];
  const kinds: string[][] = [];
  live.client.appointments.onChange.subscribe(
    {},
    { onData: ({ id, data }) => void changes.push({ type: data.type, lastEventId: id }) },
  );
  live.client.directory.onChange.subscribe(undefined, { onData: (told) => void kinds.push(told.kinds) });
  await vi.waitFor(() => expect([changes.length, kinds.length]).toEqual([1, 1]), soon);
  const day = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 86_400_000;
  const book = (hour: number) => {
    const startsAt = new Date(day + hour * 3_600_000);
    const endsAt = new Date(startsAt.getTime() + 1_800_000).toISOString();
    const times = { startsAt: startsAt.toISOString(), endsAt };
    return staff.client.appointments.create.mutate({ providerId: provider.id, ...times, force: true });
  };
  const types = () => changes.map(({ type }) => type);
  // Told of this one, the process has heard of all that was before.
  await book(0);
  await vi.waitFor(() => expect(types()).toEqual(["connected", "appointment.created"]), soon);
  const name = async () => (await staff.client.session.me.query())?.user.name;
  const pageName = async () =>
    (await server.visit().client.booking.page.query({ username: organization.slug })).organization.name;
  const [nameBefore, pageBefore] = [await name(), await pageName()];
  const socket = await other.openSocket();

  await behindTheLog(
    [`UPDATE "user" SET name = 'Restored name' WHERE id = $1`, [staff.userId]],
    [`UPDATE "user" SET session_version = session_version + 1 WHERE id = $1`, [other.userId]],
    ["UPDATE organization SET name = 'Restored office' WHERE id = $1", [organization.id]],
  );
  // Twin: nobody has noticed so far.
  expect([await name(), await pageName()]).toEqual([nameBefore, pageBefore]);
  const closed = once(socket, "close");
  await behindTheLog(breakOff);
  await vi.waitFor(() => expect(types().at(-1)).toBe("reload"), soon);
  expect(kinds.at(-1)).toEqual(kinds[0]);
  expect([await name(), await pageName()]).toEqual(["Restored name", "Restored office"]);
  expect((await closed)[0]).toBe(4401);

  await book(1);
  await vi.waitFor(() => expect(types().at(-1)).toBe("appointment.created"), soon);
  const [before, after] = [changes[0]?.lastEventId, changes.at(-1)?.lastEventId];
  await live.close();

  // A tab that comes back: from before the break it reads anew, from after it goes on.
  for (const [lastEventId, first] of [
    [before, "reload"],
    [after, "appointment.created"],
  ] as const) {
    const again = staff.wsClient();
    const told: string[] = [];
    again.client.appointments.onChange.subscribe(
      { lastEventId: lastEventId ?? null },
      { onData: ({ data }) => void told.push(data.type) },
    );
    await book(first === "reload" ? 2 : 3);
    await vi.waitFor(() => expect(told).toContain("appointment.created"), soon);
    expect(told[0]).toBe(first);
    await again.close();
  }
});

test("/readyz tells when the log is not read any more, and /metrics how long ago it was", {
  timeout: 40_000,
}, async () => {
  const answer = async () => {
    const response = await fetch(`${server.url}/readyz`);
    return [response.status, ((await response.json()) as { problems: string[] }).problems];
  };
  const lag = async () =>
    Number(
      /^creneau_event_lag_seconds (\S+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1],
    );
  const rights = "ON FUNCTION follow_events(text, bigint, bigint, integer)";
  expect(await answer()).toEqual([200, []]);
  await behindTheLog([`REVOKE EXECUTE ${rights} FROM creneau_app`, []]);
  await vi.waitFor(async () => expect(await answer()).toEqual([503, ["events_stalled"]]), {
    timeout: 20_000,
    interval: 200,
  });
  expect(await lag()).toBeGreaterThan(9);
  await behindTheLog([`GRANT EXECUTE ${rights} TO creneau_app`, []]);
  await vi.waitFor(async () => expect(await answer()).toEqual([200, []]), soon);
  expect(await lag()).toBeLessThan(5);
});
