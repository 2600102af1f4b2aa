import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "@creneau/db/database";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { Log } from "../services.ts";
import {
  type ChannelKind,
  type Claim,
  claimMessage,
  claimWaitingMessage,
  type NewMessage,
  type Outcome,
  type Recipient,
  settleMessage,
} from "./claim-message.ts";
import { type Mail, MailError, type Mailer } from "./open-mailer.ts";

/** What a message says in the words of its channel. */
export type Content = Omit<Mail, "to" | "messageId">;

/** Instead of words: it no longer holds, for this short reason, and is not sent. */
export interface Dropped {
  dropped: string;
}

/** Called once this worker is the one that sends it, so it says what is true then. The row knows to whom. */
export type Render = (
  to: Pick<Recipient, "address" | "locale">,
) => Content | Dropped | Promise<Content | Dropped>;

/** One way to a person, whoever carries it. */
interface Channel {
  readonly kind: ChannelKind;
  /** Resolves once the other side has accepted it. The same `reference` for every try of the same message. */
  send(sent: { address: string; content: Content; reference: string }): Promise<void>;
}

const channels: Readonly<Record<ChannelKind, (parts: DeliveryParts) => Channel>> = {
  email: ({ mailer }) => ({
    kind: "email",
    send: ({ address, content, reference }) =>
      mailer.send({ ...content, to: address, messageId: `<${reference}@message.creneau>` }),
  }),
};

/** What delivering needs of the process. */
export interface DeliveryParts {
  database: Database;
  mailer: Pick<Mailer, "send">;
  log: Log;
}

/** `refused`: no later try can succeed, and the row says why. */
export type Delivery = "sent" | "dropped" | "refused";

/** Longer than the mail server's own limits; whatever hangs beyond it has failed. */
const sendingLimitMs = 40_000;
const settleDelaysMs = [200, 1_000, 3_000];
const retryDelaysMs = [500, 2_000, 5_000];

/**
 * The one way to a person: claim → render → send → settle, and one row a message. Safe to run any number of times. A
 * retry goes out under the same reference; a process killed between the other side's answer and our record of it is the
 * one case in which a message goes out twice.
 *
 * Throws when it should be tried again; its row says then that it failed, and why.
 */
export async function deliverMessage(
  { scope, message, render }: { scope: TenantScope; message: NewMessage; render: Render },
  parts: DeliveryParts,
): Promise<Delivery> {
  const claim = await claimMessage(parts.database, { scope, message });
  return sendClaimed({ scope, claim, channel: channels[message.recipient.channel](parts), render }, parts);
}

/** The same for a message whose row was written with what asked for it. */
export async function deliverWaitingMessage(
  { scope, id, render }: { scope: TenantScope; id: string; render: Render },
  parts: DeliveryParts,
): Promise<Delivery> {
  const claim = await claimWaitingMessage(parts.database, { scope, id });
  return sendClaimed({ scope, claim, channel: channels.email(parts), render }, parts);
}

/**
 * For a message that holds a secret link, after the commit that made it: such a link never goes through the job queue,
 * where it would lie in clear. The person is waiting, and asks again if it never comes. Call it without awaiting, so that
 * the answer's time does not tell whether the address is known. Never throws; false when given up.
 */
export async function deliverMessageNow(
  order: { scope: TenantScope | null; message: NewMessage; content: Content },
  parts: DeliveryParts,
): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await deliverOnce(order, parts);
    } catch (error) {
      const isHopeless = error instanceof MailError && error.isPermanent;
      const delay = isHopeless ? undefined : retryDelaysMs[attempt];
      if (delay === undefined) {
        parts.log.error({ reason: reasonOf(error), attempts: attempt + 1 }, "Message given up");
        return false;
      }
      await wait(delay, undefined, { ref: false });
    }
  }
}

/** `scope` is null for an account without a seat, which has no organization whose list could hold the row. */
async function deliverOnce(
  { scope, message, content }: { scope: TenantScope | null; message: NewMessage; content: Content },
  parts: DeliveryParts,
): Promise<boolean> {
  if (scope) return (await deliverMessage({ scope, message, render: () => content }, parts)) === "sent";
  const { channel, address } = message.recipient;
  await withinLimit(channels[channel](parts).send({ address, content, reference: randomUUID() }));
  return true;
}

async function sendClaimed(
  { scope, claim, channel, render }: { scope: TenantScope; claim: Claim; channel: Channel; render: Render },
  parts: DeliveryParts,
): Promise<Delivery> {
  if (claim === "sent") return "sent";
  if (claim === "busy") throw new Error("Another worker is sending this message");
  const { id, address } = claim;
  const settle = (outcome: Outcome) => settlePatiently({ scope, id, outcome }, parts);
  try {
    const content = await render(claim);
    if ("dropped" in content) {
      await settle({ state: "dropped", reason: content.dropped });
      return "dropped";
    }
    await withinLimit(channel.send({ address, content, reference: id }));
  } catch (error) {
    await settle({ state: "failed", reason: reasonOf(error) });
    if (!(error instanceof MailError && error.isPermanent)) throw error;
    parts.log.warn({ messageId: id, reason: error.reason }, "A message cannot be delivered");
    return "refused";
  }
  await settle({ state: "sent" });
  return "sent";
}

/** Fit for logs and rows: no address, no content. */
function reasonOf(error: unknown): string {
  return error instanceof MailError ? error.reason : "failed";
}

async function withinLimit(sending: Promise<void>): Promise<void> {
  const limit = new AbortController();
  const tooLong = wait(sendingLimitMs, undefined, { signal: limit.signal, ref: false }).then(() => {
    throw new MailError("timeout", { isPermanent: false });
  });
  try {
    await Promise.race([sending, tooLong]);
  } finally {
    tooLong.catch(() => undefined);
    limit.abort();
  }
}

/** What was sent must be known as sent: a database that is away for a moment is waited for. */
async function settlePatiently(
  settled: { scope: TenantScope; id: string; outcome: Outcome },
  { database }: DeliveryParts,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await settleMessage(database, settled);
    } catch (error) {
      const delay = settleDelaysMs[attempt];
      if (delay === undefined) throw error;
      await wait(delay);
    }
  }
}
