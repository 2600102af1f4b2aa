import { z } from "zod";
import {
  attributeName,
  attributeValue,
  colour,
  durationMinutes,
  id,
  ids as idsUpTo,
  latitude,
  line,
  locale,
  longitude,
  maybeLine,
  maybeLines,
  name,
  pageSize,
  phoneText,
  position,
  priceCents,
  searchText,
  zone,
} from "../fields/schema.ts";

const ids = idsUpTo(2000);
export const isoInstant = z.string();

const slugSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Letters, digits and single dashes");
const skills = z
  .array(line(60))
  .max(50)
  .transform((list) => [...new Set(list)]);
export const optionalLine = (max: number) => maybeLine(max).nullable().optional();

/** A phone of the directory: empty text means none. */
export const phone = z.preprocess((value) => (value === "" ? null : value), phoneText.nullable().optional());

export const listInput = z
  .object({
    siteIds: ids.optional(),
    /** Only these rows. */
    ids: ids.optional(),
    /** Words that a row must all hold, whatever their case and accents. */
    search: searchText.optional(),
    includeArchived: z.boolean().default(false),
    /** Of services: `false` leaves out who offers them, which in a large network are thousands. */
    withProviders: z.boolean().optional(),
    /** The last row of the page before. */
    cursor: id.nullish(),
    /** Rows a page; absent: everything at once. */
    limit: pageSize(200).optional(),
  })
  .default({ includeArchived: false });
export const idInput = z.object({ id });
/** `archived: false` takes it back. */
export const archiveInput = z.object({ id, archived: z.boolean().default(true) });
export const archivedView = z.object({ id, archivedAt: isoInstant.nullable() });

/* Sites and rooms. */
const siteFields = z.object({
  slug: slugSchema.optional(),
  address: optionalLine(200),
  postalCode: optionalLine(16),
  city: optionalLine(100),
  phone,
  latitude: latitude.nullable().optional(),
  longitude: longitude.nullable().optional(),
  timezone: zone.optional(),
  dailyCapacity: z.int().min(1).max(10_000).nullable().optional(),
  overbookingPercent: z.int().min(0).max(1000).optional(),
});
export const createSiteInput = siteFields.extend({ name });
export const updateSiteInput = siteFields.extend({ id, name: name.optional() });
export const siteView = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  phone: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  timezone: z.string(),
  dailyCapacity: z.int().nullable(),
  overbookingPercent: z.int(),
  roomCount: z.int(),
  providerCount: z.int(),
  archivedAt: isoInstant.nullable(),
});
export type SiteView = z.infer<typeof siteView>;

export const createRoomInput = z.object({ siteId: id, name });
export const updateRoomInput = z.object({ id, name });
export const roomView = z.object({ id, siteId: id, name: z.string(), archivedAt: isoInstant.nullable() });
export type RoomView = z.infer<typeof roomView>;

/* Providers. */
const providerFields = z.object({
  title: optionalLine(100),
  colour: colour.optional(),
  weight: z.int().min(0).max(1000).optional(),
  skills: skills.optional(),
  dailyLimit: z.int().min(1).max(500).nullable().optional(),
  position: position.optional(),
  /** The account this provider signs in with; null unlinks it. */
  userId: id.nullable().optional(),
  /** Replaces the services it offers. */
  serviceIds: ids.optional(),
});
export const createProviderInput = providerFields.extend({ name, siteIds: ids.min(1) });
/** `siteIds` replaces those the caller covers. */
export const updateProviderInput = providerFields.extend({
  id,
  name: name.optional(),
  siteIds: ids.optional(),
});
export const providerView = z.object({
  id,
  userId: id.nullable(),
  /** Last part of the public link, when the account has chosen one. */
  username: z.string().nullable(),
  name: z.string(),
  title: z.string().nullable(),
  colour: z.string(),
  weight: z.int(),
  skills: z.array(z.string()),
  dailyLimit: z.int().nullable(),
  position: z.int(),
  nextAvailableAt: isoInstant.nullable(),
  siteIds: z.array(id),
  serviceIds: z.array(id),
  archivedAt: isoInstant.nullable(),
});
export type ProviderView = z.infer<typeof providerView>;

/* Services. */
export const overrideSchema = z
  .object({
    /** Attributes of the subject that must all be equal. */
    when: z
      .record(attributeName, attributeValue)
      .refine((when) => Object.keys(when).length > 0, "At least one attribute"),
    durationMinutes: durationMinutes.optional(),
    priceCents: priceCents.nullable().optional(),
  })
  .refine(({ durationMinutes, priceCents }) => durationMinutes !== undefined || priceCents !== undefined, {
    message: "A duration or a price",
  });
const serviceFields = z.object({
  slug: slugSchema.optional(),
  description: maybeLines(2000).nullable().optional(),
  priceCents: priceCents.nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  bufferBefore: z.int().min(0).max(720).optional(),
  bufferAfter: z.int().min(0).max(720).optional(),
  minNoticeMinutes: z.int().min(0).max(525_600).optional(),
  horizonDays: z.int().min(1).max(730).optional(),
  locationKind: z.enum(["in_person", "video", "phone"]).optional(),
  requiredSkills: skills.optional(),
  needsRoom: z.boolean().optional(),
  needsApproval: z.boolean().optional(),
  needsPayment: z.boolean().optional(),
  overrides: z.array(overrideSchema).max(200).optional(),
  colour: colour.nullable().optional(),
  position: position.optional(),
  isPublic: z.boolean().optional(),
  /** Replaces who offers it. */
  providerIds: ids.optional(),
});
export const createServiceInput = serviceFields.extend({ name, durationMinutes });
export const updateServiceInput = serviceFields.extend({
  id,
  name: name.optional(),
  durationMinutes: durationMinutes.optional(),
});
export const serviceView = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  description: z.string().nullable(),
  durationMinutes: z.int(),
  priceCents: z.int().nullable(),
  currency: z.string(),
  bufferBefore: z.int(),
  bufferAfter: z.int(),
  minNoticeMinutes: z.int(),
  horizonDays: z.int(),
  locationKind: z.enum(["in_person", "video", "phone"]),
  requiredSkills: z.array(z.string()),
  needsRoom: z.boolean(),
  needsApproval: z.boolean(),
  needsPayment: z.boolean(),
  overrides: z.array(z.looseObject({ when: z.record(z.string(), z.unknown()) })),
  colour: z.string().nullable(),
  position: z.int(),
  isPublic: z.boolean(),
  providerIds: z.array(id),
  archivedAt: isoInstant.nullable(),
});
export type ServiceView = z.infer<typeof serviceView>;

/* Organization. */
export const updateOrganizationInput = z.object({
  name: name.optional(),
  preset: z.enum(["real_estate", "medical", "inspection", "client_meetings", "solo"]).optional(),
  timezone: zone.optional(),
  locale: locale.optional(),
  accent: colour.optional(),
  phone,
  slotMinutes: z
    .int()
    .min(5)
    .max(240)
    .refine((value) => 1440 % value === 0, "A day must be a whole number of slots")
    .optional(),
  holdMinutes: z.int().min(1).max(120).optional(),
  undoSeconds: z.int().min(0).max(120).optional(),
  cancelCutoffMinutes: z.int().min(0).max(43_200).optional(),
  calendarPolicy: z.enum(["open", "closed"]).optional(),
});
export const organizationView = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  preset: z.enum(["real_estate", "medical", "inspection", "client_meetings", "solo"]),
  timezone: z.string(),
  locale: z.string(),
  accent: z.string(),
  phone: z.string().nullable(),
  slotMinutes: z.int(),
  holdMinutes: z.int(),
  undoSeconds: z.int(),
  cancelCutoffMinutes: z.int(),
  calendarPolicy: z.string(),
});
export type OrganizationView = z.infer<typeof organizationView>;

/** What of the directory, its people and their hours can change under somebody's eyes. */
export const changedKind = z.enum([
  "site",
  "room",
  "provider",
  "service",
  "client",
  "subject",
  "hours",
  "member",
  "organization",
]);
export type ChangedKind = z.infer<typeof changedKind>;
