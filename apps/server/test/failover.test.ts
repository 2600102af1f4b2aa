import { rmSync } from "node:fs";
import { migrateApart } from "@creneau/db/embedded/migrate-apart";
import { startEmbedded } from "@creneau/db/embedded/start-embedded";
import { createProvider, createSite } from "@creneau/db/testing/factories";
import { startStallingProxy } from "@creneau/db/testing/stalling-proxy";
import { startStandby } from "@creneau/db/testing/standby";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { afterAll, expect, test, vi } from "vitest";
import { startTestServer } from "./test-server.ts";

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
}, 60_000);

const soon = { timeout: 20_000, interval: 50 };

test("a standby that lagged takes over under an open socket and a running worker: reload, no mail again, nothing silent", {
  timeout: 90_000,
}, async () => {
  const dataDir = makeTestFolder("creneau-failover-");
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const primary = await startEmbedded({ dataDir, isDurable: false });
  closers.push(() => primary.stop());
  await migrateApart(primary);
  const standby = await startStandby({ ...primary, adminUrl: primary.adminUrl, url: primary.url, dataDir });
  closers.push(() => standby.stop());
  const proxy = await startStallingProxy(primary.adminUrl);
  closers.push(() => proxy.close());
  const server = await startTestServer({
    database: {
      ...primary,
      url: proxy.through(primary.url),
      adminUrl: proxy.through(primary.adminUrl),
      name: "",
      drop: async () => {},
    },
    roles: ["socket", "worker"],
    variables: { DEMO: "1" },
  });
  closers.push(() => server.close());
  const organization = await server.createOrganization();
  const staff = await server.signInMember(organization, { role: "owner" });
  await staff.client.directory.organization.update.mutate({ undoSeconds: 2 });
  const site = await createSite(server.database, organization);
  const { id: providerId } = await createProvider(server.database, organization, { siteId: site.id });
  const told: string[] = [];
  staff
    .wsClient()
    .client.appointments.onChange.subscribe({}, { onData: ({ data }) => void told.push(data.type) });
  await vi.waitFor(() => expect(told).toEqual(["connected"]), soon);

  const mails = async () => {
    const { messages } = (await (await server.visit().fetch("/demo/mailbox.json")).json()) as {
      messages: { to: string[] }[];
    };
    return messages.map(({ to }) => to[0]).sort();
  };
  const day = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 86_400_000;
  const book = async (name: string, hour: number) => {
    const startsAt = new Date(day + hour * 3_600_000);
    const { appointment } = await staff.client.appointments.create.mutate({
      providerId,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 1_800_000).toISOString(),
      client: { name, email: `${name}@example.test` },
      force: true,
    });
    return appointment.id;
  };

  await book("before", 0);
  const between = await book("between", 1);
  await standby.catchUp();
  await standby.lag();
  await book("lost", 2);
  await vi.waitFor(
    async () =>
      expect(await mails()).toEqual(["before@example.test", "between@example.test", "lost@example.test"]),
    soon,
  );
  await standby.promote();
  proxy.leadTo(standby.adminUrl);

  await vi.waitFor(() => expect(told.at(-1)).toBe("reload"), soon);
  await vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200), soon);
  await vi.waitFor(() => book("after", 3), soon);
  await vi.waitFor(() => expect(told.at(-1)).toBe("appointment.created"), soon);
  await vi.waitFor(async () => expect(await mails()).toContain("after@example.test"), soon);
  // Everything that was due has had its time: those who were written to before are not written to again.
  expect(await mails()).toEqual([
    "after@example.test",
    "before@example.test",
    "between@example.test",
    "lost@example.test",
  ]);
  const { jobs } = await staff.client.jobs.dead.query();
  const { events } = await staff.client.jobs.parkedEvents.query();
  const waiting = [...jobs.map(({ data }) => data.appointmentId), ...events.map(({ entityId }) => entityId)];
  expect(waiting).toContain(between);
});
