import { carriesLink } from "@creneau/domain/text/carries-link";
import { z } from "zod";
import {
  attributes,
  cursor,
  date,
  email,
  id,
  idempotencyKey,
  instantWithOffset,
  latitude,
  line,
  lines,
  locale,
  longitude,
  maybeLine,
  maybeLines,
  name,
  pageSize,
  publicName,
  token,
  zone,
} from "../fields/schema.ts";

const slug = publicName;

/** A date (days of the visitor's zone, the last one included) or an instant (then half-open). */
const moment = z.union([date, instantWithOffset]);

/** What the booking is about, as far as the visitor says: a vehicle's fuel, its type… */
const subject = z.object({ attributes: attributes(20) });

export const target = {
  username: publicName,
  serviceSlug: slug,
  siteSlug: slug.optional(),
  /** A provider of the site; absent or "anyone": whoever is free. */
  providerId: z.union([z.literal("anyone"), id]).optional(),
  subject: subject.optional(),
};

export const pageInput = z.object({
  username: publicName,
  siteSlug: slug.optional(),
  locale: maybeLine(10).optional(),
  /** Durations and prices are then those for it. */
  subject: subject.optional(),
});

export const slotsInput = z.object({ ...target, from: moment, to: moment, timezone: zone.optional() });

export const firstAvailableInput = z.object({
  ...target,
  from: moment.optional(),
  timezone: zone.optional(),
  limit: pageSize(20).default(3),
});

export const onSlotsInput = slotsInput.extend({
  lastEventId: cursor.nullish(),
  version: cursor.optional(),
});

export const solvedChallenge = z.object({
  salt: token,
  difficulty: z.int().min(1).max(40),
  expiresAt: instantWithOffset,
  signature: token,
  nonce: token,
});

export const holdInput = z.object({
  ...target,
  startsAt: instantWithOffset,
  timezone: zone.optional(),
  challenge: solvedChallenge.optional(),
});
export const holdTokenInput = z.object({ holdToken: token });

export interface HoldView {
  holdToken: string;
  expiresAt: string;
  /** How long it lasts from the answer on: clocks of servers and browsers differ. */
  remainingMs: number;
  startsAt: string;
  endsAt: string;
  timezone: string;
  providerId: string;
  providerName: string;
  siteName: string;
  serviceName: string;
  durationMinutes: number;
  priceCents: number | null;
}

/** A stranger's words reach others through names alone: they carry nothing to follow. */
const guestName = name.refine((text) => !carriesLink(text), {
  message: "Names carry no links",
  params: { problem: "link" },
});

export const guestClient = z.object({
  name: guestName,
  email: z.union([z.literal(""), email]).optional(),
  phone: maybeLine(40).optional(),
  locale: locale.default("fr"),
  timezone: zone.optional(),
});

const bookingDetails = {
  client: guestClient,
  /** Few: each is a mail to somebody who did not ask for it. */
  attendees: z
    .array(z.object({ name: guestName, email }))
    .max(3)
    .default([]),
  /** Question to answer, as the form asked. */
  answers: z
    .record(line(100), maybeLines(2000))
    .refine((answers) => Object.keys(answers).length <= 30, "Too many answers")
    .default({}),
  idempotencyKey: idempotencyKey.optional(),
};

export const confirmInput = z.object({ holdToken: token, ...bookingDetails });
export const bookInput = z.object({
  ...target,
  startsAt: instantWithOffset,
  challenge: solvedChallenge.optional(),
  ...bookingDetails,
});

export interface BookedView {
  appointmentId: string;
  manageToken: string;
  status: string;
  startsAt: string;
  endsAt: string;
}

export const manageInput = z.object({ manageToken: token });
export const portalInput = z.object({ portalToken: token });

/** A booking, by its own link or from the client's portal. */
const bookingLink = z.union([manageInput, portalInput.extend({ appointmentId: id })]);
/** `timezone`: where the client is now. */
export const rescheduleInput = z.intersection(
  bookingLink,
  z.object({ startsAt: instantWithOffset, timezone: zone.optional() }),
);
export const cancelInput = z.intersection(bookingLink, z.object({ reason: maybeLines(500).optional() }));
export const manageSlotsInput = z.intersection(
  bookingLink,
  z.object({ from: moment, to: moment, timezone: zone.optional() }),
);
/** By the portal alone: its link came to the client's own address. */
export const tellGuestsInput = portalInput.extend({ appointmentId: id });
export const addNoteInput = portalInput.extend({
  appointmentId: id,
  body: lines(4000),
});
export type BookingLink = z.output<typeof bookingLink>;

export const searchInput = z
  .object({
    organizationSlug: publicName,
    serviceSlug: slug,
    subject: subject.optional(),
    postalCode: z
      .string()
      .trim()
      .regex(/^\d{5}$/)
      .optional(),
    /** A town, or the name of a site. */
    place: publicName.min(2).optional(),
    lat: latitude.optional(),
    lon: longitude.optional(),
    radiusKm: z.number().min(1).max(500).default(30),
    from: moment.optional(),
    /** What counts first. */
    order: z.enum(["earliest", "nearest"]).default("earliest"),
    limit: pageSize(50).default(10),
    /** Starts shown of each site. */
    starts: pageSize(10).default(3),
  })
  .refine(
    ({ postalCode, place, lat, lon }) =>
      postalCode !== undefined || place !== undefined || (lat !== undefined && lon !== undefined),
    "Give a postal code, a town or a point",
  );
