import type { z } from "zod";
import { AppError } from "../errors.ts";
import { newId } from "../new-id.ts";
import { type Place, regionOfPlace } from "../phones/find-region.ts";
import { isInternational, readPhone } from "../phones/read-phone.ts";
import type { Services } from "../services.ts";
import { linkHash, portalTokenOf } from "./link-tokens.ts";
import type { BookingWork } from "./open-link.ts";
import type { guestClient } from "./schema.ts";

/** A visitor's name and how to reach them, in the form the directory keeps. */
export interface Contact {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  locale: string;
  timezone: string | null;
  portalTokenHash: string;
}

/**
 * Normalises what was typed; a phone number without a country is read as it is dialled at the place that `findPlace`
 * tells, which is asked for such numbers alone. Errors: `invalid_input` for a phone nobody could call, or without any way
 * to answer.
 */
export async function contactOf(
  work: BookingWork,
  client: z.output<typeof guestClient>,
  findPlace: () => Promise<Place | undefined>,
): Promise<Contact> {
  const email = client.email || null;
  const phone = client.phone ? await phoneOf(client.phone, findPlace) : null;
  if (!email && !phone)
    throw new AppError("invalid_input", "An e-mail address or a phone number is needed", {
      field: "client.email",
    });
  const id = newId(work.now);
  return {
    id,
    name: client.name,
    email,
    phone,
    locale: client.locale,
    timezone: client.timezone ?? null,
    portalTokenHash: linkHash(portalTokenOf(work.linkSecret, id)),
  };
}

async function phoneOf(text: string, findPlace: () => Promise<Place | undefined>): Promise<string> {
  const place = isInternational(text) ? undefined : await findPlace();
  return readPhone(text, { region: place ? regionOfPlace(place) : "FR" });
}

/**
 * Counts a request of a visitor against everybody whom it writes to, however they are spelt (one mailbox has many
 * addresses), and all of them against the network that it comes from.
 */
export async function limitRecipients(
  work: Pick<Services, "rateLimit"> & Pick<BookingWork, "address">,
  { email, phone }: Contact,
  attendees: readonly { email: string }[] = [],
): Promise<void> {
  const addresses = [...(email ? [email] : []), ...attendees.map((attendee) => attendee.email)];
  const mailboxes = new Set(addresses.map(mailboxOf));
  if (mailboxes.size > 0) await work.rateLimit("recipients", work.address ?? "", mailboxes.size);
  for (const mailbox of mailboxes) await work.rateLimit("contact", `e:${mailbox}`);
  if (!email && phone) await work.rateLimit("contact", `p:${phone}`);
}

/** The mailbox behind an address: without a `+tag`, and without dots where the provider ignores them. */
export function mailboxOf(email: string): string {
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  const box = local.split("+")[0] ?? "";
  return domain === "gmail.com" || domain === "googlemail.com"
    ? `${box.replaceAll(".", "")}@gmail.com`
    : `${box}@${domain}`;
}
