import { z } from "zod";
import { guestClient, solvedChallenge, target } from "../booking/schema.ts";
import {
  cursor,
  dateOfAnyYear,
  id,
  idempotencyKey,
  ids,
  instant,
  pageSize,
  token,
} from "../fields/schema.ts";

/** The longest wish, days. */
export const longestWishDays = 92;
/** How far ahead it may end, days. */
export const furthestWishDays = 740;

/** A wish, as the public page asks for it. The mails need an address. */
export const joinInput = z.object({
  ...target,
  /** Dates at the site, the last one included. */
  fromDate: dateOfAnyYear,
  toDate: dateOfAnyYear,
  /** Minutes of the site's day: a start lies in [startMinute, endMinute). */
  startMinute: z.int().min(0).max(1439).default(0),
  endMinute: z.int().min(1).max(1440).default(1440),
  client: guestClient,
  challenge: solvedChallenge.optional(),
  idempotencyKey: idempotencyKey.optional(),
});

export const entryInput = z.object({ waitlistToken: token });

/**
 * `waiting`: nothing free so far. `offered`: a time is kept for them until `offer.until`. `booked`: an offer was
 * accepted. `ended`: the days have passed, it was left or removed, or too many offers were let pass.
 */
export type WaitlistState = "waiting" | "offered" | "booked" | "ended";

/** What the person of an entry may see of it. */
export interface WaitlistView {
  state: WaitlistState;
  clientName: string;
  organizationName: string;
  /** The organization's colour. */
  accent: string;
  /** Where the same can be looked for: a name of `/book/[username]`. */
  username: string;
  siteSlug: string;
  siteName: string;
  siteAddress: string | null;
  phone: string | null;
  timezone: string;
  serviceName: string;
  serviceSlug: string;
  /** Null: whoever is free. */
  providerName: string | null;
  fromDate: string;
  toDate: string;
  startMinute: number;
  endMinute: number;
  offer: { startsAt: string; endsAt: string; until: string; providerName: string } | null;
  /** Set once booked: the link to move or cancel. */
  manageToken: string | null;
}

/** The last entry of a page: when it was made, and its id. */
export const entryCursor = z.tuple([instant, id]);

export const listEntriesInput = z.object({
  siteIds: ids(200).optional(),
  /** Also those that were served, or left, within the last 30 days. */
  includeEnded: z.boolean().default(false),
  cursor: cursor.refine((text) => entryCursor.safeParse(text.split(" ")).success, "Not a cursor").nullish(),
  limit: pageSize(200).default(50),
});

/** An entry as staff see it. */
export const staffEntryView = z.object({
  id,
  state: z.enum(["waiting", "offered", "booked", "ended"]),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  siteId: id,
  siteName: z.string(),
  timezone: z.string(),
  serviceName: z.string(),
  providerName: z.string().nullable(),
  fromDate: z.string(),
  toDate: z.string(),
  startMinute: z.int(),
  endMinute: z.int(),
  createdAt: z.string(),
  /** How many times were offered so far. */
  offers: z.int(),
  offer: z.object({ appointmentId: id, startsAt: z.string(), until: z.string().nullable() }).nullable(),
});
export type StaffEntryView = z.output<typeof staffEntryView>;

export const entryIdInput = z.object({ id });
