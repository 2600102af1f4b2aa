import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callable, gently, procedures } from "../attack/procedures.ts";
import { findWorking } from "../attack/requests.ts";
import { walkAsStranger } from "../attack/tenant-walk.ts";
import { furnishOffice, marker, type Office } from "./furnished-office.ts";
import { rowsOf } from "./organization-rows.ts";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

/** Subscriptions need a socket: each has a test of its own, here or in the file named. */
const subscriptionsTestedApart = {
  "appointments.onChange": "below",
  "directory.onChange": "below",
  "presence.holdOpen": "presence.test.ts",
  "booking.onSlots": "public: its answer holds the slots that the link's page shows to anybody",
};

let server: TestServer;
let victim: Office;
let intruder: Member;

beforeAll(async () => {
  server = await startTestServer();
  victim = await furnishOffice(server);
  intruder = await server.signInMember(await server.createOrganization(), { role: "owner" });
});

afterAll(() => server.close());

describe("another organization's owner, with every id of this one", () => {
  it("reads nothing and changes nothing, whatever the procedure", { timeout: 120_000 }, async () => {
    const before = await rowsOf(server.adminUrl, victim.organization.id);
    expect(await walkAsStranger({ victim, stranger: intruder })).toEqual([]);
    expect(await rowsOf(server.adminUrl, victim.organization.id)).toEqual(before);
    // Still the one they were: no answer above was a mere "sign in first".
    expect((await intruder.client.session.me.query())?.role).toBe("owner");
  });

  it("twin: the same requests by its own owner reach every procedure", { timeout: 120_000 }, async () => {
    /** Opened by a secret, or in need of more than ids: theirs are tests of their own. */
    const apart =
      /^(booking|session)\.|^waitlist\.(join|entry|accept|decline|leave)$|^members\.(invitation|acceptInvitation)$|^jobs\.retry/;
    const office = await furnishOffice(server);
    const missed: string[] = [];
    for (const procedure of gently(callable.filter(({ name }) => !apart.test(name)))) {
      const found = await findWorking(procedure, office);
      if ("refused" in found) missed.push(`${procedure.name}: ${found.refused}`);
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
