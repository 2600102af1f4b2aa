import { once } from "node:events";
import { socketCloseCodes } from "@creneau/api/socket-close-codes";
import { inTenant } from "@creneau/db/in-tenant";
import { appendEvent } from "@creneau/db/testing/append-event";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    limits: { perUser: 3, maxBufferedBytes: 512 * 1024, messageBurst: 100_000 },
  });
});
afterAll(() => server.close());

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

describe("the handshake", () => {
  test("refuses a page of another site and a browserless one, and takes ours", async () => {
    const member = await server.signInMember(await server.createOrganization());
    await expect(member.openSocket({ origin: "https://evil.example" })).rejects.toThrow("403");
    await expect(member.openSocket({ origin: "null" })).rejects.toThrow("403");
    await expect(member.openSocket({ origin: null })).rejects.toThrow("403");
    const own = await member.openSocket();
    expect(own.readyState).toBe(WebSocket.OPEN);
    own.terminate();
  });

  test("refuses other paths without harm", async () => {
    const elsewhere = new WebSocket(`${server.url.replace("http", "ws")}/somewhere`, { origin: server.url });
    const [error] = (await once(elsewhere, "error")) as [Error];
    expect(error.message).toContain("404");
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test("caps the sockets of one user", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const sockets = await Promise.all([member.openSocket(), member.openSocket(), member.openSocket()]);
    await expect(member.openSocket()).rejects.toThrow("429");
    sockets[0]?.terminate();
    const reopen = () => member.openSocket().then((socket) => socket.readyState);
    await expect.poll(reopen, { timeout: 2_000 }).toBe(WebSocket.OPEN);
  });
});

describe("a live session", () => {
  test("ends on the socket when it is ended in another process", async () => {
    const twin = await server.startTwin();
    const member = await server.signInMember(await server.createOrganization());
    const bystander = await server.signInMember(await server.createOrganization());
    const [socket, other] = await Promise.all([member.openSocket(), bystander.openSocket()]);
    const closed = closeCode(socket);
    const response = await fetch(`${twin.url}/api/trpc/session.signOutEverywhere`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: member.cookie },
    });
    expect(response.status).toBe(200);
    expect(await closed).toBe(socketCloseCodes.signedOut);
    expect(other.readyState).toBe(WebSocket.OPEN);
  });

  test("is closed to be opened anew when the role changes, and not when nothing does", async () => {
    const organization = await server.createOrganization();
    const member = await server.signInMember(organization, { role: "admin" });
    const socket = await member.openSocket();
    const announce = (role?: "viewer") =>
      inTenant(server.database, organization.scope, async (tx) => {
        if (role) await tx.db.membership.updateMany({ where: { userId: member.userId }, data: { role } });
        const payload = { userId: member.userId };
        await appendEvent(tx, { type: "member.changed", entityId: member.membershipId, payload });
      });
    await announce();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(socket.readyState).toBe(WebSocket.OPEN);
    const closed = closeCode(socket);
    await announce("viewer");
    expect(await closed).toBe(socketCloseCodes.sessionChanged);
    expect(await member.wsClient().client.session.me.query()).toMatchObject({ role: "viewer" });
  });

  test("that no event announces is noticed by the regular look", async () => {
    const quick = await startTestServer({ limits: { recheckMs: 100 } });
    try {
      const member = await quick.signInMember(await quick.createOrganization());
      const socket = await member.openSocket();
      const closed = closeCode(socket);
      await quick.database.prisma.user.update({
        where: { id: member.userId },
        data: { sessionVersion: { increment: 1 } },
      });
      // Bounded by the age of the process's cache (15 s) plus one look.
      expect(await closed).toBe(socketCloseCodes.signedOut);
    } finally {
      await quick.close();
    }
  });
});

describe("back-pressure", () => {
  const answerBytes = 100_000;
  /** A call whose refusal repeats its long path: an answer as large as the question. */
  const ask = (id: number) =>
    JSON.stringify({ id, method: "query", params: { path: "x".repeat(answerBytes), input: undefined } });

  test("a socket that does not read is dropped; one that reads gets everything", async () => {
    const slow = await server.visit().openSocket();
    const quick = await server.visit().openSocket();
    const dropped = async () =>
      (await (await fetch(`${server.url}/metrics`)).text()).includes(
        'creneau_sockets_closed_total{reason="tooSlow"} 1',
      );
    // From here on: a server that gave up waiting resets the connection, which ends it unread.
    const closed = once(slow, "close");
    slow.pause();
    // What the kernel keeps for the reader comes on top of our bound, and differs from machine to machine.
    const most = 1_000;
    let asked = 0;
    for (; asked < most && !(await dropped()); asked += 10) {
      for (let id = asked + 1; id <= asked + 10; id++) {
        slow.send(ask(id));
        const answered = once(quick, "message") as Promise<[Buffer]>;
        quick.send(ask(id));
        const [answer] = await answered;
        expect(JSON.parse(answer.toString()).id).toBe(id);
      }
    }
    expect(asked).toBeLessThan(most);
    expect(quick.readyState).toBe(WebSocket.OPEN);
    slow.resume();
    await closed;
  });

  test("a socket that floods is dropped", async () => {
    const strict = await startTestServer({ limits: { messageBurst: 20, messagesPerSecond: 1 } });
    try {
      const socket = await strict.visit().openSocket();
      const closed = closeCode(socket);
      for (let id = 0; id < 30; id++)
        socket.send(JSON.stringify({ id, method: "query", params: { path: "session.me" } }));
      expect(await closed).toBe(socketCloseCodes.tooMany);
    } finally {
      await strict.close();
    }
  });

  test("nonsense and oversized messages do not harm the server", async () => {
    const socket = await server.visit().openSocket();
    socket.on("error", () => undefined);
    socket.send("{not json");
    socket.send(Buffer.from([0, 1, 2]));
    socket.send("[]");
    socket.send(JSON.stringify({ id: 1, method: "query", params: null }));
    socket.send(
      JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, method: "query", params: { path: "a" } }))),
    );
    socket.send(`"${"x".repeat(300 * 1024)}"`);
    expect(await closeCode(socket)).toBe(1009);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

test("a stopping server tells its sockets to resume elsewhere", async () => {
  const stopping = await startTestServer();
  try {
    const socket = await stopping.visit().openSocket();
    const closed = once(socket, "close") as Promise<[number, Buffer]>;
    await stopping.stop();
    const [code, reason] = await closed;
    expect(code).toBe(socketCloseCodes.restart);
    expect(reason.toString()).toBe("resume");
  } finally {
    await stopping.close();
  }
});
