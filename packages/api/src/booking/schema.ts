import { parseLocalDate } from "@creneau/domain/time/local-date";
import { isValidZone, type Zone } from "@creneau/domain/time/zone";
import { z } from "zod";

/** A name in an address; PostgreSQL keeps no NUL. */
const publicName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "Not a name");
const slug = publicName;
const zoneName = z
  .string()
  .max(64)
  .refine((text): text is Zone => isValidZone(text), "Not a time zone");
const instantText = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const dateText = z.string().refine((text) => parseLocalDate(text) !== null, "Not a date");
export const linkTokenText = z.string().min(1).max(200);

/** A date (days of the visitor's zone, the last one included) or an instant (then half-open). */
const moment = z.union([dateText, instantText]);

/** What the booking is about, as far as the visitor says: a vehicle's fuel, its type… */
const subject = z.object({
  attributes: z
    .record(z.string().min(1).max(64), z.union([z.string().max(200), z.number(), z.boolean()]))
    .refine((attributes) => Object.keys(attributes).length <= 20, "Too many attributes"),
});

export const target = {
  username: publicName,
  serviceSlug: slug,
  siteSlug: slug.optional(),
  /** A provider of the site; absent or "anyone": whoever is free. */
  providerId: z.union([z.literal("anyone"), z.uuid()]).optional(),
  subject: subject.optional(),
};

export const pageInput = z.object({
  username: publicName,
  siteSlug: slug.optional(),
  locale: z.string().max(10).optional(),
  /** Durations and prices are then those for it. */
  subject: subject.optional(),
});

export const slotsInput = z.object({ ...target, from: moment, to: moment, timezone: zoneName.optional() });

export const firstAvailableInput = z.object({
  ...target,
  from: moment.optional(),
  timezone: zoneName.optional(),
  limit: z.int().min(1).max(20).default(3),
});

export const onSlotsInput = slotsInput.extend({
  lastEventId: z.string().max(64).nullish(),
  version: z.string().max(64).optional(),
});

export const solvedChallenge = z.object({
  salt: z.string().max(64),
  difficulty: z.int().min(1).max(40),
  expiresAt: z.iso.datetime(),
  signature: z.string().max(100),
  nonce: z.string().max(64),
});

export const holdInput = z.object({
  ...target,
  startsAt: instantText,
  timezone: zoneName.optional(),
  challenge: solvedChallenge.optional(),
});
export const holdTokenInput = z.object({ holdToken: linkTokenText });

export interface HoldView {
  holdToken: string;
  expiresAt: string;
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

/** No control characters: they end up in mails and calendar files. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "Control characters are not allowed");

/** Several lines; PostgreSQL keeps no NUL. */
const lines = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/[\0\p{Cs}]/u.test(text), "Control characters are not allowed");

const email = z.string().trim().toLowerCase().pipe(z.email().max(200));

export const guestClient = z.object({
  name: line(200),
  email: z.union([z.literal(""), email]).optional(),
  phone: z.string().trim().max(40).optional(),
  locale: z.enum(["fr", "en"]).default("fr"),
  timezone: zoneName.optional(),
});

const bookingDetails = {
  client: guestClient,
  attendees: z
    .array(z.object({ name: line(200), email }))
    .max(20)
    .default([]),
  /** Question to answer, as the form asked. */
  answers: z
    .record(line(100), lines(2000))
    .refine((answers) => Object.keys(answers).length <= 30, "Too many answers")
    .default({}),
  /** Unguessable: whoever repeats the request with its key gets the same answer. */
  idempotencyKey: line(200).pipe(z.string().min(8)).optional(),
};

export const confirmInput = z.object({ holdToken: linkTokenText, ...bookingDetails });
export const bookInput = z.object({
  ...target,
  startsAt: instantText,
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

export const manageInput = z.object({ manageToken: linkTokenText });
export const portalInput = z.object({ portalToken: linkTokenText });

/** A booking, by its own link or from the client's portal. */
const bookingLink = z.union([manageInput, portalInput.extend({ appointmentId: z.uuid() })]);
export const rescheduleInput = z.intersection(bookingLink, z.object({ startsAt: instantText }));
export const cancelInput = z.intersection(bookingLink, z.object({ reason: lines(500).optional() }));
export const manageSlotsInput = z.intersection(
  bookingLink,
  z.object({ from: moment, to: moment, timezone: zoneName.optional() }),
);
export const addNoteInput = portalInput.extend({
  appointmentId: z.uuid(),
  body: lines(4000).pipe(z.string().min(1)),
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
    place: publicName.pipe(z.string().min(2)).optional(),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
    radiusKm: z.number().min(1).max(500).default(30),
    from: moment.optional(),
    /** What counts first. */
    order: z.enum(["earliest", "nearest"]).default("earliest"),
    limit: z.int().min(1).max(50).default(10),
    /** Starts shown of each site. */
    starts: z.int().min(1).max(10).default(3),
  })
  .refine(
    ({ postalCode, place, lat, lon }) =>
      postalCode !== undefined || place !== undefined || (lat !== undefined && lon !== undefined),
    "Give a postal code, a town or a point",
  );
