import { createTransport } from "nodemailer";
import type { Log } from "../services.ts";

/** One message to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every try of the same message, so that a receiver can tell a repetition. */
  messageId?: string;
  /** What the reader's calendar takes in: an iCalendar text and its method. */
  calendar?: { method: "REQUEST" | "CANCEL"; text: string };
}

/** Sends mail. `send` resolves when the server has accepted the message and throws MailError otherwise. */
export interface Mailer {
  /** The address mails come from, without a name. */
  readonly address: string;
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Why a mail was not accepted. `reason` is short and holds neither address nor content, so it may be logged. */
export class MailError extends Error {
  override readonly name = "MailError";
  readonly reason: string;
  /** No later try can succeed: the address is refused, or there is no mail server. */
  readonly isPermanent: boolean;

  constructor(reason: string, { isPermanent }: { isPermanent: boolean }) {
    super(`Mail not accepted: ${reason}`);
    this.reason = reason;
    this.isPermanent = isPermanent;
  }
}

/** Opens a pool of connections to the SMTP server; nothing is connected before the first mail. */
export function openMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    // A conversation that hangs holds one of them for as long as `socketTimeout` says; the others go on.
    maxConnections: 10,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    address: addressOf(from),
    async send({ to, subject, text, html, messageId, calendar }) {
      const message = {
        from,
        to: { name: "", address: to },
        subject,
        text,
        html,
        ...(messageId && { messageId }),
        ...(calendar && {
          icalEvent: { method: calendar.method, filename: "rendez-vous.ics", content: calendar.text },
        }),
      };
      try {
        await transport.sendMail({ ...message, headers: { "Auto-Submitted": "auto-generated" } });
      } catch (error) {
        throw toMailError(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Stands in where no mail server is configured: says so in the log, without the content. */
export function undeliverableMailer(log: Log): Mailer {
  return {
    address: "no-reply@localhost",
    async send() {
      log.warn({}, "A mail cannot be delivered: SMTP_URL is not set");
      throw new MailError("no mail server", { isPermanent: true });
    },
    close: () => undefined,
  };
}

/** `Name <address>` or a bare address. */
export function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
}

function toMailError(error: unknown): MailError {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const reason = [code ?? "failed", responseCode, command].filter((part) => part !== undefined).join(" ");
  // 5xx to MAIL FROM, RCPT TO or DATA is about this message; to the greeting or a login it is about the server's settings.
  const isAboutMessage = code === "EENVELOPE" || code === "EMESSAGE";
  return new MailError(reason, { isPermanent: isAboutMessage && (responseCode ?? 0) >= 500 });
}
