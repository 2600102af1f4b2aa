import { createServer } from "node:net";
import { MailError, openMailer } from "@creneau/api/messages/open-mailer";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { startMailSimulator } from "./mail-simulator.ts";
import { startMailbox } from "./mailbox.ts";

const mail = { to: "lea@example.test", subject: "Été à 9 h", text: "Bonjour é", html: "<p>Bonjour é</p>" };
const from = "Créneau <no-reply@example.test>";

/** A server that answers `code` to every recipient. */
async function refusingServer(code: number): Promise<{ smtpUrl: string; close(): Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error("No"), { responseCode: code })),
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.server.address();
  return {
    smtpUrl: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

test("a mail arrives whole, and the mailbox keeps the last 200", async () => {
  const mailbox = await startMailbox();
  const mailer = openMailer({ smtpUrl: mailbox.smtpUrl, from });
  await mailer.send({ ...mail, messageId: "<one@example.test>" });
  expect(mailbox.messages()).toMatchObject([
    {
      from: "no-reply@example.test",
      to: ["lea@example.test"],
      subject: "Été à 9 h",
      text: expect.stringContaining("Bonjour é"),
      html: expect.stringContaining("<p>Bonjour é</p>"),
      messageId: "<one@example.test>",
    },
  ]);
  await Promise.all(Array.from({ length: 205 }, (_, index) => mailer.send({ ...mail, subject: `${index}` })));
  expect(mailbox.messages()).toHaveLength(200);
  mailer.close();
  await mailbox.close();
});

test("a calendar file goes with its mail, under its method, so that calendars take it in", async () => {
  let raw = "";
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      stream.on("data", (chunk: Buffer) => {
        raw += chunk.toString();
      });
      stream.on("end", () => done());
    },
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from });
  expect(mailer.address).toBe("no-reply@example.test");
  await mailer.send({
    ...mail,
    calendar: { method: "CANCEL", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
  });
  expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=CANCEL/i);
  expect(raw).toMatch(/filename="?rendez-vous\.ics/);
  mailer.close();
  await new Promise<void>((closed) => server.close(() => closed()));
});

test("a recipient that is refused for good is told from one to try again, and from a server that is away", async () => {
  for (const [code, isPermanent] of [
    [550, true],
    [450, false],
  ] as const) {
    const server = await refusingServer(code);
    const mailer = openMailer({ smtpUrl: server.smtpUrl, from });
    const error: unknown = await mailer.send(mail).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailError);
    expect(error).toMatchObject({ isPermanent, reason: expect.stringContaining(String(code)) });
    expect((error as MailError).message).not.toContain("lea@");
    mailer.close();
    await server.close();
  }
  const reserved = createServer();
  await new Promise<void>((listening) => reserved.listen(0, "127.0.0.1", listening));
  const address = reserved.address();
  const port = typeof address === "object" ? address?.port : 0;
  await new Promise((closed) => reserved.close(closed));
  const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from });
  await expect(mailer.send(mail)).rejects.toMatchObject({ isPermanent: false });
  mailer.close();
});

test("a line break in an address or a subject adds no recipient and no header", async () => {
  const mailbox = await startMailbox();
  const mailer = openMailer({ smtpUrl: mailbox.smtpUrl, from });
  await mailer
    .send({
      ...mail,
      to: "lea@example.test\r\nBcc: eve@example.test",
      subject: "Hi\r\nBcc: eve@example.test",
    })
    .catch(() => undefined);
  for (const { to } of mailbox.messages()) expect(to).not.toContain("eve@example.test");
  mailer.close();
  await mailbox.close();
});

test("the mail simulator on its own receives by the address it names, and shows it on its page", async () => {
  const simulator = await startMailSimulator({ port: 0, pagesPort: 0 });
  const mailer = openMailer({ smtpUrl: simulator.variables.SMTP_URL ?? "", from });
  await mailer.send(mail);
  mailer.close();
  expect(await (await fetch(simulator.page)).text()).toContain("Été à 9 h");
  await simulator.close();
  await expect(fetch(simulator.page)).rejects.toThrow();
});
