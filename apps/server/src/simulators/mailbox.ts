import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { renderMailbox, renderMessage } from "./mailbox-page.ts";
import type { ReceivedMail } from "./received-mail.ts";

/** The demo's mail server: whoever a mail is for, it lands here and goes nowhere else. */
export interface Mailbox {
  /** What SMTP_URL is set to. */
  smtpUrl: string;
  /** Latest first. */
  messages(): ReceivedMail[];
  close(): Promise<void>;
}

const keptMessages = 200;
const longestMail = 1_000_000;

interface State {
  received: ReceivedMail[];
  nextId: number;
}

/** The mailbox of this process, shown by `handleMailbox`; null outside the demo. */
let shown: State | null = null;

/** Receives mail over SMTP on the loopback interface, on a free port unless told one. */
export async function startMailbox({ port = 0 }: { port?: number } = {}): Promise<Mailbox> {
  const state: State = { received: [], nextId: 1 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: longestMail,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", done);
      stream.on("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("Message too long"), { responseCode: 552 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address) };
        keep(state, Buffer.concat(chunks), envelope).then(() => done(), done);
      });
    },
  });
  // A client that drops its connection is its own affair.
  server.on("error", () => undefined);
  await new Promise<void>((listening, failed) => {
    server.server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  const { port: openPort } = server.server.address() as AddressInfo;
  shown = state;
  return {
    smtpUrl: `smtp://127.0.0.1:${openPort}`,
    messages: () => state.received,
    close: () =>
      new Promise((closed) => {
        if (shown === state) shown = null;
        server.close(() => closed());
      }),
  };
}

async function keep(state: State, raw: Buffer, envelope: { from: string; to: string[] }): Promise<void> {
  const mail = await PostalMime.parse(raw);
  state.received.unshift({
    id: state.nextId++,
    receivedAt: new Date().toISOString(),
    ...envelope,
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? null,
    messageId: mail.messageId ?? null,
  });
  state.received.length = Math.min(state.received.length, keptMessages);
}

// The pages show mail, which is HTML from elsewhere: no script, nothing remote.
const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

/**
 * Serves `/demo/mailbox`, `/demo/mailbox.json` and `/demo/mailbox/<id>`. False when the request is for something else
 * or this process has no mailbox, that is, outside the demo.
 */
export function handleMailbox(request: IncomingMessage, response: ServerResponse): boolean {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!shown || !/^\/demo\/mailbox(\.json|\/\d+)?$/.test(path)) return false;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return true;
  }
  const answer = (status: number, type: string, body: string) => {
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  const { received } = shown;
  const id = Number(/\d+$/.exec(path)?.[0]);
  if (path.endsWith(".json")) answer(200, "application/json", JSON.stringify({ messages: received }));
  else if (path === "/demo/mailbox") answer(200, "text/html", renderMailbox(received));
  else {
    const mail = received.find((candidate) => candidate.id === id);
    answer(mail ? 200 : 404, "text/html", mail ? renderMessage(mail) : renderMailbox(received));
  }
  return true;
}
