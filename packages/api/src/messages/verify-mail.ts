import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { addressOf } from "./open-mailer.ts";

/** How far a conversation with a mail server came, and what it said then. */
export interface MailRefusal {
  step: "connection" | "login" | "sender" | "recipient" | "message";
  /** The server's own words, or the system's. */
  says: string;
  /** Whom it was about: the sender's or the recipient's address. */
  address: string;
}

const stepMs = 10_000;
const steps: Record<string, MailRefusal["step"]> = {
  "MAIL FROM": "sender",
  "RCPT TO": "recipient",
  DATA: "message",
};

interface SmtpError {
  code?: string;
  command?: string;
  response?: string;
  message: string;
}

function open(smtpUrl: string): { connection: SMTPConnection; auth: { user: string; pass: string } | null } {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const connection = new SMTPConnection({
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
  });
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null;
  return { connection, auth };
}

/**
 * Says to the mail server all that comes before a message: who we are, from whom and to whom. Ends the conversation when it
 * asks for the message itself, so that nobody gets one. `to` is somebody the product writes to; without one it is the
 * sender. Null when the server would have taken it.
 */
export async function verifyMail({
  smtpUrl,
  from,
  to,
}: {
  smtpUrl: string;
  from: string;
  to: string | null;
}): Promise<MailRefusal | null> {
  const sender = addressOf(from);
  const recipient = to ?? sender;
  const { connection, auth } = open(smtpUrl);
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once("error", reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    // What breaks from here on is told to whoever waits for the answer.
    connection.on("error", () => undefined);
    if (auth) {
      await new Promise<void>((resolve, reject) => {
        connection.login({ credentials: auth }, (error) => (error ? reject(error) : resolve()));
      });
    }
    await new Promise<void>((resolve, reject) => {
      const message = new Readable({ read: () => resolve() });
      connection.send({ from: sender, to: [recipient] }, message, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    return null;
  } catch (error) {
    const { code, command = "", response, message } = error as SmtpError;
    const step = code === "EAUTH" ? "login" : (steps[command] ?? "connection");
    return {
      step,
      says: (response ?? message).slice(0, 200),
      address: step === "recipient" ? recipient : sender,
    };
  } finally {
    connection.close();
  }
}
