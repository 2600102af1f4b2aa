import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAgenda } from "@creneau/api/notifications/agenda.fixture";
import { openDatabase } from "@creneau/db/database";
import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue } from "@creneau/db/jobs/enqueue";
import { createTestDatabase } from "@creneau/db/testing/test-database";
import { SMTPServer } from "smtp-server";
import { expect, test, vi } from "vitest";
import { openMail } from "./open-mail.ts";
import { handleMailbox } from "./simulators/mailbox.ts";
import { startWorker } from "./worker.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const env = { APP_URL: "http://localhost:3000", DEMO: true };

async function listen(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (!handleMailbox(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

test("a queued notice reaches the demo's mailbox over SMTP and is shown there", {
  timeout: 60_000,
}, async () => {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ url: testDatabase.url });
  const agenda = await createAgenda(testDatabase.adminUrl, { email: "lea@example.test" });
  const mail = await openMail({ env, log: silent });
  const http = await listen();
  const services = {
    database,
    now: Date.now,
    log: silent,
    mailer: mail.mailer,
    appUrl: env.APP_URL,
    linkSecret: "a secret that only tests know",
  };
  const worker = await startWorker({
    services,
    events: { witness: null },
    databaseUrl: testDatabase.url,
  });
  try {
    const { appointmentId } = agenda;
    await inTenantSql(database, agenda.scope, (tx) =>
      enqueue(tx, { name: "appointments.notify", data: { appointmentId, change: "created", version: 1 } }),
    );
    const read = async () =>
      (await (await fetch(`${http.url}/demo/mailbox.json`)).json()) as {
        messages: Record<string, unknown>[];
      };
    await vi.waitFor(async () => expect((await read()).messages).toHaveLength(1), {
      timeout: 15_000,
      interval: 100,
    });
    const [message] = (await read()).messages;
    expect(message).toMatchObject({
      from: "no-reply@localhost",
      to: ["lea@example.test"],
      subject: expect.stringMatching(/^Rendez-vous confirmé\u00a0: lundi 23 novembre 2099, 14:30/),
      text: expect.stringContaining("Dr Dubois"),
      messageId: expect.stringMatching(/@message\.creneau>$/),
    });
    const list = await fetch(`${http.url}/demo/mailbox`);
    expect(list.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await list.text()).toContain("lea@example.test");
    const shown = await fetch(`${http.url}/demo/mailbox/${message?.id}`);
    expect(await shown.text()).toContain("3 rue &#60;Haute&#62;");
    expect((await fetch(`${http.url}/demo/mailbox/999`)).status).toBe(404);
    expect((await fetch(`${http.url}/demo/mailbox`, { method: "POST" })).status).toBe(405);
  } finally {
    await worker.close();
    await http.close();
    await mail.close();
    await agenda.close();
    await database.close();
    await testDatabase.drop();
  }
});

test("outside the demo there is no mailbox, and without SMTP_URL a mail is refused for good", async () => {
  const warn = vi.fn();
  const mail = await openMail({ env: { ...env, DEMO: false }, log: { ...silent, warn } });
  const http = await listen();
  expect((await fetch(`${http.url}/demo/mailbox.json`)).status).toBe(404);
  const message = { to: "lea@example.test", subject: "Hidden", text: "Hidden", html: "Hidden" };
  await expect(mail.mailer.send(message)).rejects.toMatchObject({ isPermanent: true });
  expect(JSON.stringify(warn.mock.calls)).not.toMatch(/Hidden|lea@/);
  await http.close();
  await mail.close();
});

test("messages that hang at the mail server keep nobody else's waiting", { timeout: 60_000 }, async () => {
  const arrived: string[] = [];
  let hanging = 0;
  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 200,
    // Never answered: the conversation stays open as long as the other side lets it.
    onRcptTo: ({ address }, _session, done) => (address.startsWith("hangs") ? void hanging++ : done()),
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on("end", () => {
        arrived.push(...envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((listening) => smtp.listen(0, "127.0.0.1", listening));
  const port = (smtp.server.address() as AddressInfo).port;
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ url: testDatabase.url });
  const mail = await openMail({ env: { ...env, SMTP_URL: `smtp://127.0.0.1:${port}` }, log: silent });
  const services = {
    database,
    now: Date.now,
    log: silent,
    mailer: mail.mailer,
    appUrl: env.APP_URL,
    linkSecret: "a secret that only tests know",
  };
  const hangs = ["hangs-1@example.test", "hangs-2@example.test", "hangs-3@example.test"];
  const goes = Array.from({ length: 12 }, (_, index) => `goes-${index}@example.test`);
  const agendas = await Promise.all(
    [...hangs, ...goes].map((email) => createAgenda(testDatabase.adminUrl, { email })),
  );
  const ask = async ({ scope, appointmentId }: (typeof agendas)[number]) =>
    inTenantSql(database, scope, (tx) =>
      enqueue(tx, { name: "appointments.notify", data: { appointmentId, change: "created", version: 1 } }),
    );
  for (const agenda of agendas.slice(0, hangs.length)) await ask(agenda);
  const worker = await startWorker({ services, events: { witness: null }, databaseUrl: testDatabase.url });
  try {
    await vi.waitFor(() => expect(hanging).toBe(hangs.length), { timeout: 15_000 });
    for (const agenda of agendas.slice(hangs.length)) await ask(agenda);
    await vi.waitFor(() => expect(arrived.toSorted()).toEqual(goes.toSorted()), { timeout: 15_000 });
    // The ones that hang are still on their way: nobody waited for them.
    const sending = async () =>
      (
        await agendas[0]?.run<{ count: number }>(
          "SELECT count(*)::integer FROM notification WHERE state = 'sending'",
        )
      )?.[0]?.count;
    await vi.waitFor(async () => expect(await sending()).toBe(hangs.length), { timeout: 10_000 });
    expect(arrived.some((address) => address.startsWith("hangs"))).toBe(false);
  } finally {
    await new Promise<void>((closed) => smtp.close(() => closed()));
    await mail.close();
    await worker.close();
    await Promise.all(agendas.map((agenda) => agenda.close()));
    await database.close();
    await testDatabase.drop();
  }
});
