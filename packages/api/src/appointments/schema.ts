import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { z } from "zod";
import { newClientSchema, subjectSchema } from "../directory/clients-schema.ts";
import type { AppointmentEventType } from "../event-catalogue.ts";
import {
  cursor,
  email,
  id,
  idempotencyKey,
  ids,
  instant,
  maybeLine,
  maybeLines,
  name,
  pageSize,
  phoneText,
  priceCents,
  searchText,
  token,
  version,
} from "../fields/schema.ts";

const title = maybeLine(200);
const description = maybeLines(5000);
const locationDetail = maybeLine(500);

export const statusSchema = z.enum(appointmentStatuses);

export const listInput = z
  .object({
    from: instant,
    to: instant,
    siteIds: ids(2000).optional(),
    providerIds: ids(500).optional(),
    roomIds: ids(500).optional(),
    serviceIds: ids(500).optional(),
    statuses: z.array(statusSchema).max(20).optional(),
    clientId: id.optional(),
    search: searchText.optional(),
    /** Of the start; a cursor belongs to the order it was given in. */
    order: z.enum(["ascending", "descending"]).default("ascending"),
    cursor: cursor.nullish(),
    limit: pageSize(1000).default(500),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must come before `to`", path: ["to"] });

export const byIdInput = z.object({ id });

export const attendeeSchema = z.object({
  name,
  email: email.optional(),
  phone: phoneText.optional(),
  optional: z.boolean().default(false),
});

const locationKind = z.enum(["in_person", "video", "phone"]);
/** Minutes before `endsAt` must follow `startsAt`; the database holds at most 48 h with buffers. */
const maxDurationMs = 24 * 3_600_000;

const endsAfterStart = ({ startsAt, endsAt }: { startsAt: string; endsAt?: string | undefined }) =>
  endsAt === undefined || (startsAt < endsAt && Date.parse(endsAt) - Date.parse(startsAt) <= maxDurationMs);
const endsAfterStartMessage = {
  message: "An appointment ends after it starts, within 24 hours",
  path: ["endsAt"],
};

export const createInput = z
  .object({
    providerId: id,
    siteId: id.optional(),
    serviceId: id.optional(),
    startsAt: instant,
    endsAt: instant.optional(),
    title: title.optional(),
    description: description.optional(),
    roomId: id.optional(),
    clientId: id.optional(),
    client: newClientSchema.optional(),
    subjectId: id.optional(),
    subject: subjectSchema.optional(),
    attendees: z.array(attendeeSchema).max(50).default([]),
    locationKind: locationKind.optional(),
    locationDetail: locationDetail.optional(),
    force: z.boolean().default(false),
    notify: z.boolean().default(true),
    idempotencyKey: idempotencyKey.optional(),
  })
  .refine(endsAfterStart, endsAfterStartMessage)
  .refine(({ client, clientId }) => !(client && clientId), {
    message: "Either an existing client or a new one",
    path: ["client"],
  });

export const moveInput = z
  .object({
    id,
    version,
    startsAt: instant,
    endsAt: instant.optional(),
    providerId: id.optional(),
    roomId: id.nullable().optional(),
    force: z.boolean().default(false),
    notify: z.boolean().default(true),
  })
  .refine(endsAfterStart, endsAfterStartMessage);

export const updateInput = z.object({
  id,
  version,
  title: title.optional(),
  description: description.nullable().optional(),
  clientId: id.nullable().optional(),
  subjectId: id.nullable().optional(),
  locationKind: locationKind.optional(),
  locationDetail: locationDetail.nullable().optional(),
  priceCents: priceCents.nullable().optional(),
  notify: z.boolean().default(true),
});

export const cancelInput = z.object({
  id,
  version,
  reason: maybeLines(500).optional(),
  notify: z.boolean().default(true),
});

export const setStatusInput = z.object({ id, version, status: statusSchema });

export const undoInput = z.object({ token: token.min(20) });

export const onChangeInput = z.object({
  /** Where the caller left off; filled in by the tRPC client on a reconnect. */
  lastEventId: cursor.nullish(),
  siteIds: ids(2000).optional(),
  providerIds: ids(500).optional(),
});

const isoInstant = z.string();

/** An appointment as staff see it. */
export const appointmentView = z.object({
  id,
  version: z.int(),
  siteId: id,
  providerId: id,
  roomId: id.nullable(),
  serviceId: id.nullable(),
  serviceName: z.string().nullable(),
  clientId: id.nullable(),
  clientName: z.string().nullable(),
  clientEmail: z.string().nullable(),
  clientPhone: z.string().nullable(),
  subjectId: id.nullable(),
  subjectKind: z.string().nullable(),
  subjectReference: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  startsAt: isoInstant,
  endsAt: isoInstant,
  busyFrom: isoInstant,
  busyTo: isoInstant,
  lane: z.int(),
  status: statusSchema,
  source: z.enum(["web", "portal", "operator", "backoffice", "calendar", "api"]),
  locationKind,
  locationDetail: z.string().nullable(),
  priceCents: z.int().nullable(),
  holdExpiresAt: isoInstant.nullable(),
  cancelledAt: isoInstant.nullable(),
  cancelReason: z.string().nullable(),
  createdAt: isoInstant,
  updatedAt: isoInstant,
});
export type AppointmentView = z.infer<typeof appointmentView>;

export const attendeeView = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  status: z.enum(["needs_action", "accepted", "declined", "tentative"]),
  optional: z.boolean(),
  /** Invited by a visitor who has not shown yet that their own address is theirs: told nothing so far. */
  isHeldBack: z.boolean(),
});

/** What a change answers: the row as it is now, and how to take it back. */
export const undoableView = z.object({
  appointment: appointmentView,
  undo: z.object({ token: z.string(), until: isoInstant }).nullable(),
  warnings: z.array(z.looseObject({ code: z.string() })),
});

/** Who did something. A user's name is theirs, a key's its own, the product's the part that acted; a client has none. */
export const actorView = z.object({
  kind: z.enum(["user", "client", "api_key", "system"]),
  userId: id.nullable(),
  name: z.string().nullable(),
});
export type ActorView = z.infer<typeof actorView>;

/** Who did what to an appointment, newest first; `diff` is what the action's writer kept. */
export const historyView = z.object({
  items: z.array(
    z.object({
      id,
      action: z.string(),
      diff: z.record(z.string(), z.unknown()),
      by: actorView,
      at: isoInstant,
    }),
  ),
});

/** What is told of appointments: every event about one, and where a follower stands. Written out, for browsers have it too. */
const changeTypes = [
  "appointment.held",
  "appointment.hold_extended",
  "appointment.released",
  "appointment.created",
  "appointment.moved",
  "appointment.updated",
  "appointment.cancelled",
  "appointment.status_changed",
  "appointment.undone",
  "attendee.responded",
  "connected",
  "reload",
] as const satisfies readonly (AppointmentEventType | "connected" | "reload")[];

/** What travels on the socket: ids and version; the reader fetches what it may see. */
export const appointmentChange = z.object({
  type: z.enum(changeTypes),
  id: z.union([id, z.literal("")]),
  version: z.int().nullable(),
  providerId: id.nullable(),
  siteId: id.nullable(),
  startsAt: isoInstant.nullable(),
  /** Null of what tells no change. */
  by: actorView.nullable(),
});
export type AppointmentChange = z.infer<typeof appointmentChange>;

/** A page of appointments. */
export const listView = z.object({ items: z.array(appointmentView), nextCursor: z.string().nullable() });
