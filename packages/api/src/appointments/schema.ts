import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { z } from "zod";
import type { AppointmentEventType } from "../event-catalogue.ts";

/** ISO 8601 instant in UTC, ending in `Z`. */
export const instantSchema = z.iso.datetime({ offset: false, message: "An instant in UTC, ending in Z" });
const id = z.uuid();
const name = z.string().trim().min(1).max(200);
const note = z.string().trim().max(5000);

/** Lower-cased, so that one person is one address. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));
export const phoneSchema = z.string().trim().min(4).max(32);

export const statusSchema = z.enum(appointmentStatuses);

export const listInput = z
  .object({
    from: instantSchema,
    to: instantSchema,
    siteIds: z.array(id).max(2000).optional(),
    providerIds: z.array(id).max(500).optional(),
    roomIds: z.array(id).max(500).optional(),
    serviceIds: z.array(id).max(500).optional(),
    statuses: z.array(statusSchema).optional(),
    clientId: id.optional(),
    search: z.string().trim().max(100).optional(),
    /** Of the start; a cursor belongs to the order it was given in. */
    order: z.enum(["ascending", "descending"]).default("ascending"),
    cursor: z.string().max(100).nullish(),
    limit: z.int().min(1).max(1000).default(500),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must come before `to`", path: ["to"] });

export const byIdInput = z.object({ id });

export const newClientSchema = z
  .object({
    name,
    email: emailSchema.optional(),
    phone: phoneSchema.optional(),
    kind: z.enum(["individual", "company"]).default("individual"),
    company: name.optional(),
    locale: z.enum(["fr", "en"]).default("fr"),
    timezone: z.string().max(64).optional(),
  })
  .strict();

export const attendeeSchema = z.object({
  name,
  email: emailSchema.optional(),
  phone: phoneSchema.optional(),
  optional: z.boolean().default(false),
});

export const subjectSchema = z.object({
  kind: z.enum(["vehicle", "transaction", "file"]),
  reference: z.string().trim().min(1).max(64),
  label: z.string().trim().max(200).optional(),
  attributes: z
    .record(z.string().max(64), z.union([z.string().max(500), z.number(), z.boolean()]))
    .default({}),
});

/** What a question about time says of the subject: which one, or what it is like, without making it. */
export const subjectHint = {
  subjectId: id.optional(),
  subject: subjectSchema.partial({ kind: true, reference: true }).optional(),
};

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
    startsAt: instantSchema,
    endsAt: instantSchema.optional(),
    title: z.string().trim().max(200).optional(),
    description: note.optional(),
    roomId: id.optional(),
    clientId: id.optional(),
    client: newClientSchema.optional(),
    subjectId: id.optional(),
    subject: subjectSchema.optional(),
    attendees: z.array(attendeeSchema).max(50).default([]),
    locationKind: locationKind.optional(),
    locationDetail: z.string().trim().max(500).optional(),
    force: z.boolean().default(false),
    notify: z.boolean().default(true),
    idempotencyKey: z.string().min(8).max(128).optional(),
  })
  .refine(endsAfterStart, endsAfterStartMessage)
  .refine(({ client, clientId }) => !(client && clientId), {
    message: "Either an existing client or a new one",
    path: ["client"],
  });

export const moveInput = z
  .object({
    id,
    version: z.int().positive(),
    startsAt: instantSchema,
    endsAt: instantSchema.optional(),
    providerId: id.optional(),
    roomId: id.nullable().optional(),
    force: z.boolean().default(false),
    notify: z.boolean().default(true),
  })
  .refine(endsAfterStart, endsAfterStartMessage);

export const updateInput = z.object({
  id,
  version: z.int().positive(),
  title: z.string().trim().max(200).optional(),
  description: note.nullable().optional(),
  clientId: id.nullable().optional(),
  subjectId: id.nullable().optional(),
  locationKind: locationKind.optional(),
  locationDetail: z.string().trim().max(500).nullable().optional(),
  priceCents: z.int().min(0).nullable().optional(),
  notify: z.boolean().default(true),
});

export const cancelInput = z.object({
  id,
  version: z.int().positive(),
  reason: z.string().trim().max(500).optional(),
  notify: z.boolean().default(true),
});

export const setStatusInput = z.object({ id, version: z.int().positive(), status: statusSchema });

export const undoInput = z.object({ token: z.string().min(20).max(100) });

export const onChangeInput = z.object({
  /** Where the caller left off; filled in by the tRPC client on a reconnect. */
  lastEventId: z.string().max(40).nullish(),
  siteIds: z.array(id).max(2000).optional(),
  providerIds: z.array(id).max(500).optional(),
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
});

/** What a change answers: the row as it is now, and how to take it back. */
export const undoableView = z.object({
  appointment: appointmentView,
  undo: z.object({ token: z.string(), until: isoInstant }).nullable(),
  warnings: z.array(z.looseObject({ code: z.string() })),
});

/** What travels on the socket: ids and version; the reader fetches what it may see. */
export interface AppointmentChange {
  type: AppointmentEventType | "connected" | "reload";
  id: string;
  version: number | null;
  providerId: string | null;
  siteId: string | null;
  startsAt: string | null;
  by: { userId: string; name: string } | null;
}
