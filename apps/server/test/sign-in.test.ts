import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("session.me", () => {
  test("is null for a visitor without a session", async () => {
    expect(await server.visit().client.session.me.query()).toBeNull();
  });

  test("says who and where after signing in, over HTTP and over the socket", async () => {
    const organization = await server.createOrganization({ slug: "cabinet" });
    const member = await server.signInMember(organization, { role: "operator" });
    const me = await member.client.session.me.query();
    expect(me).toMatchObject({
      user: { id: member.userId, email: member.email },
      organization: { id: organization.id, slug: "cabinet", slotMinutes: 15 },
      role: "operator",
      organizations: [{ slug: "cabinet", role: "operator" }],
    });
    expect(await member.wsClient().client.session.me.query()).toEqual(me);
  });
});
