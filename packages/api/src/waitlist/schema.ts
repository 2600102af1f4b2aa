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
const waitlistState = z.enum(["waiting", "offered", "booked", "ended"]);
export type WaitlistState = z.infer<typeof waitlistState>;

/** What the person of an entry may see of it. */
export const waitlistView = z.object({
  state: waitlistState,
  clientName: z.string(),
  organizationName: z.string(),
  /** The organization's colour. */
  accent: z.string(),
  /** Where the same can be looked for: a name of `/book/[username]`. */
  username: z.string(),
  siteSlug: z.string(),
  siteName: z.string(),
  siteAddress: z.string().nullable(),
  phone: z.string().nullable(),
  timezone: z.string(),
  serviceName: z.string(),
  serviceSlug: z.string(),
  /** Null: whoever is free. */
  providerName: z.string().nullable(),
  fromDate: z.string(),
  toDate: z.string(),
  startMinute: z.int(),
  endMinute: z.int(),
  offer: z
    .object({ startsAt: z.string(), endsAt: z.string(), until: z.string(), providerName: z.string() })
    .nullable(),
  /** Set once booked: the link to move or cancel. */
  manageToken: z.string().nullable(),
});
export type WaitlistView = z.infer<typeof waitlistView>;

/** The link to what becomes of a wish. */
export const joinedView = z.object({ waitlistToken: z.string() });

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
  state: waitlistState,
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
