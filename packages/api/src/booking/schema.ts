import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { carriesLink } from "@creneau/domain/text/carries-link";
import { z } from "zod";
import { calendarLinksView } from "../calendar-files/schema.ts";
import {
  attributes,
  cursor,
  date,
  email,
  id,
  idempotencyKey,
  instant,
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
import { sharedNoteView } from "../notes/schema.ts";

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

/** A place as anybody may know it. */
const placeView = {
  slug: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
};
const span = { startsAt: instant, endsAt: instant };

/** A public page: what anybody may know, column by column. */
export const pageView = z.object({
  kind: z.enum(["provider", "organization"]),
  username: z.string(),
  organization: z.object({
    slug: z.string(),
    name: z.string(),
    preset: z.string(),
    accent: z.string(),
    phone: z.string().nullable(),
    locale: z.string(),
    timezone: z.string(),
  }),
  /** On a provider's page. */
  provider: z.object({ id, name: z.string(), title: z.string().nullable() }).nullable(),
  /** How many there are; `sites` lists the first fifty, or the one asked for. Larger networks are searched. */
  siteCount: z.int(),
  sites: z.array(
    z.object({
      ...placeView,
      phone: z.string().nullable(),
      timezone: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
      serviceSlugs: z.array(z.string()),
      providerIds: z.array(id),
    }),
  ),
  services: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      durationMinutes: z.int(),
      priceCents: z.int().nullable(),
      /** Other durations and prices by what the booking is about; the first line that fits counts. */
      overrides: z.array(
        z.object({
          when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
          durationMinutes: z.int().optional(),
          /** Null: no price is shown. */
          priceCents: z.int().nullable().optional(),
        }),
      ),
      currency: z.string(),
      locationKind: z.string(),
      needsApproval: z.boolean(),
      minNoticeMinutes: z.int(),
      horizonDays: z.int(),
    }),
  ),
  /** Who can be chosen by name; `username` leads to their own page. */
  providers: z.array(
    z.object({
      id,
      name: z.string(),
      title: z.string().nullable(),
      username: z.string().nullable(),
      serviceSlugs: z.array(z.string()),
    }),
  ),
  holdMinutes: z.int(),
  cancelCutoffMinutes: z.int(),
});
export type PageView = z.infer<typeof pageView>;

/** Free starts by date in the visitor's zone. */
const daysView = {
  timezone: z.string(),
  days: z.array(z.object({ date: z.string(), slots: z.array(z.object(span)) })),
};

/** An answer to visitors; equal answers have equal versions, in whatever process they were made. */
export const slotsView = z.object({ ...daysView, version: z.string() });
export type SlotAnswer = z.infer<typeof slotsView>;

/** What visitors are told: which starts came free and which are gone, never whose or why. */
export const slotsChange = z.object({
  /** `connected`: in step; `reload`: ask for the slots again; `changed`: apply the days. */
  type: z.enum(["connected", "reload", "changed"]),
  version: z.string(),
  timezone: z.string(),
  days: z.array(z.object({ date: z.string(), added: z.array(z.object(span)), removed: z.array(instant) })),
});
export type SlotsChange = z.infer<typeof slotsChange>;

/** Where a search looks from. */
const searchOrigin = z.object({
  lat: z.number(),
  lon: z.number(),
  /** A town's or a place's name, as the organization writes it; null for a point or a postal code. */
  label: z.string().nullable(),
  /** Known only roughly: distances from here say little. */
  isApproximate: z.boolean(),
});
export type SearchOrigin = z.infer<typeof searchOrigin>;

/** Sites with their first free starts. */
export const foundSitesView = z.object({
  origin: searchOrigin,
  sites: z.array(
    z.object({
      site: z.object({ ...placeView, timezone: z.string() }),
      distanceKm: z.number(),
      slots: z.array(z.object(span)),
    }),
  ),
});
export type FoundSite = z.infer<typeof foundSitesView>["sites"][number];

export const holdView = z.object({
  holdToken: z.string(),
  expiresAt: instant,
  /** How long it lasts from the answer on: clocks of servers and browsers differ. */
  remainingMs: z.number(),
  ...span,
  timezone: z.string(),
  providerId: id,
  providerName: z.string(),
  siteName: z.string(),
  serviceName: z.string(),
  durationMinutes: z.int(),
  priceCents: z.int().nullable(),
});
export type HoldView = z.infer<typeof holdView>;

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

export const bookedView = z.object({
  appointmentId: id,
  manageToken: z.string(),
  status: z.string(),
  ...span,
});
export type BookedView = z.infer<typeof bookedView>;

export const extendedView = z.object({
  expiresAt: instant,
  remainingMs: z.number(),
  isExtended: z.boolean(),
});
export const releasedView = z.object({ isReleased: z.literal(true) });

export const toldGuestsView = z.object({ told: z.int() });

/** A booking as the client who made it may see it, whatever has become of it. */
export const manageView = z.object({
  appointmentId: id,
  version: z.int(),
  status: z.enum(appointmentStatuses),
  ...span,
  timezone: z.string(),
  serviceName: z.string().nullable(),
  serviceSlug: z.string().nullable(),
  locationKind: z.string(),
  locationDetail: z.string().nullable(),
  priceCents: z.int().nullable(),
  /** ISO 4217, of `priceCents`: the service's. */
  currency: z.string(),
  providerId: id,
  providerName: z.string(),
  site: z.object({ ...placeView, phone: z.string().nullable() }),
  organization: z.object({
    slug: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    locale: z.string(),
    accent: z.string(),
  }),
  /** The public page to book again on. */
  username: z.string(),
  /** `hasEmail`: notices reach them by e-mail. */
  client: z
    .object({ name: z.string(), locale: z.string(), timezone: z.string(), hasEmail: z.boolean() })
    .nullable(),
  canMove: z.boolean(),
  canCancel: z.boolean(),
  /** Last moment to move or cancel. */
  changeUntil: instant,
  cancelledAt: instant.nullable(),
  /** People whom the client invited, and who are told once the client has confirmed it from their own address. */
  heldBackGuests: z.int(),
});
export type ManageView = z.infer<typeof manageView>;

/** The same with what adds it to a calendar. */
export const managedView = manageView.extend({ calendar: calendarLinksView });

/** Where a booking could move to. */
export const moveSlotsView = z.object(daysView);

/** What a client sees behind their portal link: their own bookings and the notes shared with them. */
export const portalView = z.object({
  client: z.object({
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string(),
    timezone: z.string(),
  }),
  organization: manageView.shape.organization,
  bookings: z.array(manageView.extend({ notes: z.array(sharedNoteView) })),
});
export type PortalView = z.infer<typeof portalView>;

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
