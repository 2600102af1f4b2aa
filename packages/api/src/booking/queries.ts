import { z } from "zod";
import type { TenantWork } from "../tenant-work.ts";

/*
 * What TypeScript and the SQL of a booking say to each other as `jsonb`: the one description of it. The types of both sides
 * come from here; nothing is parsed while it serves. `queries.test.ts` parses real requests and answers, and holds
 * the names that `prisma/functions/booking` reads and answers to these.
 */

const instant = z.iso.datetime();
const uuid = z.uuid();

const attendee = z.strictObject({ name: z.string(), email: z.string() });

/** The person of a public booking; `id` is for when they are new. */
const client = z.strictObject({
  id: uuid,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string(),
  timezone: z.string().nullable(),
  portalTokenHash: z.string(),
});

/** What a time is taken for: columns of `appointment`. */
const placeColumns = z.strictObject({
  id: uuid,
  site_id: uuid,
  service_id: uuid,
  title: z.string(),
  starts_at: instant,
  ends_at: instant,
  busy_from: instant,
  busy_to: instant,
  location_kind: z.enum(["in_person", "video", "phone"]),
  price_cents: z.number().nullable(),
});

const holdColumns = z.strictObject({
  status: z.literal("held"),
  source: z.literal("web"),
  /** As far from the call's own instant as the hold is to last: the database counts it from its clock. */
  hold_expires_at: instant,
  held_by: z.string(),
});

const bookColumns = z.strictObject({
  status: z.enum(["pending", "confirmed"]),
  source: z.literal("web"),
  manage_token_hash: z.string(),
  idempotency_key: z.string().nullable(),
  idempotency_hash: z.string(),
});

/** A provider, and the rooms, that could take the start. */
export const candidateRequest = z.strictObject({
  providerId: uuid,
  rooms: z.array(uuid),
  dailyLimit: z.number().nullable(),
  /** Why this one, when the visitor left the choice to us: for the audit. */
  why: z.record(z.string(), z.unknown()).optional(),
  /** The same in words, for staff. */
  note: z.string().optional(),
});

/** Keys of `booking_version` that were decided on, and the sum of their versions then. */
const seenVersions = { versionKeys: z.array(uuid), versionTotal: z.number() };

/** Who acts, as `record_change` takes it. */
const actor = z.strictObject({
  kind: z.enum(["user", "client", "api_key", "system"]),
  userId: uuid.nullable(),
  id: uuid.nullable(),
  name: z.string().nullable(),
});

/** What a booking brings along besides its time and place. */
const details = {
  client,
  attendees: z.array(attendee),
  answers: z.string().optional(),
  address: z.string(),
};

/** A time for a hold or, with the details of a booking, for a booking at once. */
const place = z.strictObject({
  organizationId: uuid,
  actor,
  ...seenVersions,
  columns: z.union([placeColumns.extend(holdColumns.shape), placeColumns.extend(bookColumns.shape)]),
  /** Providers in the order to try them. */
  candidates: z.array(candidateRequest),
  /** The local day of the start, over which bookings are counted. */
  day: z.strictObject({ from: instant, to: instant, siteCapacity: z.number().nullable() }),
  /** Most holds of one holder, and bookings to come of one client. */
  holdCap: z.number(),
  liveCap: z.number(),
  ...z.strictObject(details).partial().shape,
});

/** What a key has booked before. */
const lookUp = z.strictObject({
  organizationId: uuid,
  actor,
  columns: bookColumns,
  candidates: z.tuple([]),
  versionKeys: z.tuple([]),
  versionTotal: z.literal(0),
});

/** What `booking_place` is asked. */
export const placeRequest = z.union([place, lookUp]);

/** What `booking_confirm` is asked. */
export const confirmRequest = z.strictObject({
  organizationId: uuid,
  actor,
  id: uuid,
  manageTokenHash: z.string(),
  idempotencyKey: z.string().optional(),
  /** Who books what: what tells this visitor's own repeat from anything else. */
  idempotencyHash: z.string(),
  liveCap: z.number(),
  ...details,
  /** After the hold is over and its time was found free: what takes it anew under the same id. */
  renew: z
    .strictObject({
      ...seenVersions,
      columns: placeColumns.extend({
        provider_id: uuid,
        room_id: uuid.nullable(),
        status: z.literal("held"),
        source: z.literal("web"),
      }),
    })
    .optional(),
});

/** What every answer about a booking says of it (`booking_answer`). Epoch milliseconds. */
const booked = {
  id: uuid,
  status: z.string(),
  version: z.number(),
  providerId: uuid,
  siteId: uuid,
  startsAt: z.number(),
  endsAt: z.number(),
  holdExpiresAt: z.number().nullable(),
  /** How long a hold still lasts, milliseconds. */
  holdMs: z.number().nullable(),
  /** The answer to an earlier request. */
  isRepeat: z.literal(true).optional(),
};

export const placedAnswer = z.strictObject({ outcome: z.literal("placed"), ...booked });

/** `stale`: decided on facts that have changed. */
export const placeAnswer = z.discriminatedUnion("outcome", [
  placedAnswer,
  z.strictObject({
    outcome: z.enum(["taken", "stale", "too_many_holds", "too_many_bookings", "idempotency_conflict"]),
  }),
]);

/**
 * `expired`: there is no hold, and no word on whether its time may be taken anew. `lost`: the hold has become something
 * else than this visitor's booking.
 */
export const confirmAnswer = z.discriminatedUnion("outcome", [
  placedAnswer,
  z.strictObject({
    outcome: z.enum(["expired", "lost", "taken", "stale", "too_many_bookings", "idempotency_conflict"]),
  }),
]);

export const extendAnswer = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("extended"), ...booked }),
  z.strictObject({ outcome: z.literal("expired") }),
]);

export type HoldColumns = z.output<typeof holdColumns>;
export type BookColumns = z.output<typeof bookColumns>;
export type Candidate = z.output<typeof candidateRequest>;
export type PlaceRequest = z.output<typeof placeRequest>;
export type ConfirmRequest = z.output<typeof confirmRequest>;
export type Placed = z.output<typeof placedAnswer>;
export type PlaceAnswer = z.output<typeof placeAnswer>;
export type ConfirmAnswer = z.output<typeof confirmAnswer>;
export type ExtendAnswer = z.output<typeof extendAnswer>;

const minuteWindow = z.strictObject({ startMinute: z.number(), endMinute: z.number() });
const localDate = z.iso.date();

/** A service as the public may book it. Minutes, days, cents. */
const publicService = z.strictObject({
  id: uuid,
  slug: z.string(),
  name: z.string(),
  durationMinutes: z.number(),
  priceCents: z.number().nullable(),
  /** Other durations and prices by what the booking is about; `targetAt` has applied them. */
  overrides: z.array(
    z.strictObject({
      when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      durationMinutes: z.number().optional(),
      priceCents: z.number().nullable().optional(),
    }),
  ),
  bufferBefore: z.number(),
  bufferAfter: z.number(),
  minNoticeMinutes: z.number(),
  horizonDays: z.number(),
  locationKind: z.enum(["in_person", "video", "phone"]),
  requiredSkills: z.array(z.string()),
  needsRoom: z.boolean(),
  needsApproval: z.boolean(),
});

/** Who works at a site. */
const siteProvider = z.strictObject({
  id: uuid,
  userId: uuid.nullable(),
  name: z.string(),
  skills: z.array(z.string()),
  weight: z.number(),
  dailyLimit: z.number().nullable(),
  presentFrom: z.number(),
  isCalendarLost: z.boolean(),
  services: z.array(uuid),
});

/** One row of `booking_setup`: all that decides slots at a site except what occupies the time. */
export const setupRow = z.strictObject({
  organization: z.strictObject({
    id: uuid,
    slug: z.string(),
    name: z.string(),
    slotMinutes: z.number(),
    holdMinutes: z.number(),
    cancelCutoffMinutes: z.number(),
    timezone: z.string(),
    locale: z.string(),
    calendarPolicy: z.string(),
  }),
  site: z.strictObject({
    id: uuid,
    slug: z.string(),
    name: z.string(),
    timezone: z.string(),
    address: z.string().nullable(),
    postalCode: z.string().nullable(),
    city: z.string().nullable(),
    phone: z.string().nullable(),
    dailyCapacity: z.number().nullable(),
  }),
  services: z.array(publicService),
  rooms: z.array(uuid),
  providers: z.array(siteProvider),
  rules: z.array(
    minuteWindow.extend({
      providerId: uuid.nullable(),
      isoWeekday: z.number(),
      validFrom: localDate.nullable(),
      validTo: localDate.nullable(),
    }),
  ),
  exceptions: z.array(
    z.strictObject({ providerId: uuid.nullable(), date: localDate, windows: z.array(minuteWindow) }),
  ),
  timeOff: z.array(
    z.strictObject({
      providerId: uuid.nullable(),
      siteId: uuid.nullable(),
      roomId: uuid.nullable(),
      from: z.number(),
      to: z.number(),
    }),
  ),
  /** Of what it was read from, by key. */
  versions: z.record(uuid, z.number()),
});

/** What `booking_name` knows of a public name; a provider's own page names them. */
export const nameRow = z.strictObject({
  organizationId: uuid,
  providerId: uuid.nullable(),
  /** The name it goes by now: one that was given up leads there. */
  username: z.string(),
  sites: z.array(z.strictObject({ id: uuid, slug: z.string() })),
});

export type PublicService = z.output<typeof publicService>;
export type SiteProvider = z.output<typeof siteProvider>;
export type SetupRow = z.output<typeof setupRow>;
export type NameRow = z.output<typeof nameRow>;

/** What a call needs of a work. */
type Caller = Pick<TenantWork, "database" | "now">;

/** Takes the first candidate that is free, in one trip. */
export function callPlace(caller: Caller, request: PlaceRequest): Promise<PlaceAnswer> {
  return call<PlaceAnswer>(caller, "booking_place", request);
}

/** Turns a hold into a booking, in one trip. */
export function callConfirm(caller: Caller, request: ConfirmRequest): Promise<ConfirmAnswer> {
  return call<ConfirmAnswer>(caller, "booking_confirm", request);
}

async function call<Answer extends { outcome: string }>(
  { database, now }: Caller,
  name: "booking_place" | "booking_confirm",
  request: object,
): Promise<Answer> {
  const { rows } = await database.pool.query<{ answer: Answer }>({
    name,
    text: `SELECT ${name}($1::jsonb, $2::timestamptz) AS answer`,
    values: [JSON.stringify(request), new Date(now)],
  });
  const answer = rows[0]?.answer as Answer;
  if (answer.outcome === "placed") database.doorbell.ring();
  return answer;
}

/** Lengthens a hold by the organization's hold time, once. */
export async function callExtend(
  { database, now }: Caller,
  { organizationId, appointmentId }: { organizationId: string; appointmentId: string },
): Promise<ExtendAnswer> {
  const { rows } = await database.pool.query<{ answer: ExtendAnswer }>({
    name: "booking_extend_hold",
    text: "SELECT booking_extend_hold($1::uuid, $2::uuid, $3::timestamptz) AS answer",
    values: [organizationId, appointmentId, new Date(now)],
  });
  return rows[0]?.answer as ExtendAnswer;
}
