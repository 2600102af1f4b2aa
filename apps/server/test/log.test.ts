import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";
import { startTestServer, testPassword } from "./test-server.ts";

test("a day's work leaves no secret, cookie, address or name in the log", async () => {
  const server = await startTestServer({ variables: { LOG_LEVEL: "trace" } });
  const email = "camille.secret@example.test";
  let cookie = "";
  try {
    const member = await server.signInMember(await server.createOrganization(), { email });
    await server.visit().fetch(`/api/auth/callback/credentials?email=${email}`);
    await expect(server.signIn(email, "a wrong password")).rejects.toThrow();
    await member.client.session.updateProfile.mutate({ name: "Camille Secret" });
    await member.wsClient().client.session.me.query();
    await fetch(`${server.url}/api/auth/link?token=one-time-token`);
    await fetch(`${server.url}/manage/secret-manage-token?x=1`);
    cookie = member.cookie;
  } finally {
    await server.close();
  }
  const records = server.logs().join("");
  expect(server.logs().length).toBeGreaterThan(5);
  const session = /session-token=([^;]+)/.exec(cookie)?.[1] ?? "missing";
  for (const secret of [
    email,
    testPassword,
    "wrong password",
    "Camille",
    session,
    "one-time-token",
    "secret-manage",
  ]) {
    expect(records).not.toContain(secret);
  }
  expect(records).toMatch(/"requestId":"[\w-]{36}"/);
});

test("an error's record keeps its kind and place, not the values it repeats", () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", destination: { write: (line) => void lines.push(line) } });
  const error = Object.assign(
    new Error(
      'duplicate key value: Key (email)=(camille@example.test) already exists, row "Camille Roy" of a@b.fr',
    ),
    { code: "23505" },
  );
  log.error({ err: error, requestId: "r1", email: "x@y.fr", user: { name: "Camille" } }, "request failed");
  const [line = ""] = lines;
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    err: { kind: "Error", code: "23505" },
    requestId: "r1",
  });
  expect(line).toContain("log.test.ts");
  expect(line).not.toMatch(/amille|@/);
});
