import { isValidZone } from "@creneau/domain/time/zone";
import { z } from "zod";
import { emailSchema, phoneSchema } from "../appointments/schema.ts";

const id = z.uuid();
const ids = z.array(id).max(2000);
const name = z.string().trim().min(1).max(200);
const isoInstant = z.string();

/** IANA name such as `Europe/Paris`; bare offsets are refused. */
export const timezoneSchema = z.string().max(64).refine(isValidZone, "Not a time zone");
/** `#rrggbb`, lower case. */
export const colourSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "Six hexadecimal digits after #")
  .toLowerCase();
export const slugSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Letters, digits and single dashes");
const skills = z
  .array(z.string().trim().min(1).max(60))
  .max(50)
  .transform((list) => [...new Set(list)]);
const optionalText = (max: number) => z.string().trim().max(max).nullable().optional();

/** An e-mail or phone of the directory: empty text means none. */
const email = z.preprocess((value) => (value === "" ? null : value), emailSchema.nullable().optional());
const phone = z.preprocess((value) => (value === "" ? null : value), phoneSchema.nullable().optional());

export const listInput = z
  .object({
    siteIds: ids.optional(),
    /** Only these rows. */
    ids: ids.optional(),
    /** Words that a row must all hold, whatever their case and accents. */
    search: z.string().trim().max(100).optional(),
    includeArchived: z.boolean().default(false),
    /** Of services: `false` leaves out who offers them, which in a large network are thousands. */
    withProviders: z.boolean().optional(),
    /** The last row of the page before. */
    cursor: id.nullish(),
    /** Rows a page; absent: everything at once. */
    limit: z.int().min(1).max(200).optional(),
  })
  .default({ includeArchived: false });
export const idInput = z.object({ id });
/** `archived: false` takes it back. */
export const archiveInput = z.object({ id, archived: z.boolean().default(true) });
export const archivedView = z.object({ id, archivedAt: isoInstant.nullable() });

/* Sites and rooms. */
const siteFields = z.object({
  slug: slugSchema.optional(),
  address: optionalText(200),
  postalCode: optionalText(16),
  city: optionalText(100),
  phone,
  latitude: z.number().min(-90).max(90).nullable().optional(),
  longitude: z.number().min(-180).max(180).nullable().optional(),
  timezone: timezoneSchema.optional(),
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
  title: optionalText(100),
  colour: colourSchema.optional(),
  weight: z.int().min(0).max(1000).optional(),
  skills: skills.optional(),
  dailyLimit: z.int().min(1).max(500).nullable().optional(),
  position: z.int().min(0).max(100_000).optional(),
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
      .record(z.string().min(1).max(64), z.union([z.string().max(200), z.number(), z.boolean()]))
      .refine((when) => Object.keys(when).length > 0, "At least one attribute"),
    durationMinutes: z.int().min(1).max(1440).optional(),
    priceCents: z.int().min(0).max(100_000_000).nullable().optional(),
  })
  .refine(({ durationMinutes, priceCents }) => durationMinutes !== undefined || priceCents !== undefined, {
    message: "A duration or a price",
  });
const serviceFields = z.object({
  slug: slugSchema.optional(),
  description: optionalText(2000),
  priceCents: z.int().min(0).max(100_000_000).nullable().optional(),
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
  colour: colourSchema.nullable().optional(),
  position: z.int().min(0).max(100_000).optional(),
  isPublic: z.boolean().optional(),
  /** Replaces who offers it. */
  providerIds: ids.optional(),
});
const durationMinutes = z.int().min(1).max(1440);
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

/* Clients. */
const siret = z.preprocess(
  (value) => (typeof value === "string" ? value.replace(/\s/g, "") || null : value),
  z
    .string()
    .regex(/^\d{14}$/, "Fourteen digits")
    .nullable()
    .optional(),
);
const clientFields = z.object({
  kind: z.enum(["individual", "company"]).optional(),
  email,
  phone,
  locale: z.enum(["fr", "en"]).optional(),
  timezone: timezoneSchema.optional(),
  company: optionalText(200),
  siret,
});
export const createClientInput = clientFields.extend({ name });
export const updateClientInput = clientFields.extend({ id, name: name.optional() });
export const listClientsInput = z
  .object({
    search: z.string().trim().max(100).optional(),
    includeArchived: z.boolean().default(false),
    cursor: z.string().max(300).nullish(),
    limit: z.int().min(1).max(200).default(50),
  })
  .default({ includeArchived: false, limit: 50 });
export const searchClientsInput = z.object({
  query: z.string().trim().min(2).max(100),
  limit: z.int().min(1).max(50).default(10),
});
export const mergeClientsInput = z
  .object({ keepId: id, mergeIds: z.array(id).min(1).max(20) })
  .refine(({ keepId, mergeIds }) => !mergeIds.includes(keepId), {
    message: "A client cannot be merged into itself",
    path: ["mergeIds"],
  });
export const clientView = z.object({
  id,
  kind: z.enum(["individual", "company"]),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string(),
  timezone: z.string(),
  company: z.string().nullable(),
  siret: z.string().nullable(),
  hasNotes: z.boolean(),
  archivedAt: isoInstant.nullable(),
  createdAt: isoInstant,
});
export type ClientView = z.infer<typeof clientView>;

export const duplicateView = clientView.extend({
  /** What both records have in common. */
  because: z.array(z.enum(["phone", "email", "name"])),
});
export type DuplicateView = z.infer<typeof duplicateView>;
export const openPortalInput = z.object({
  id,
  /** Ends a link that the client holds already and that cannot be shown again. */
  replace: z.boolean().default(false),
});

/* Subjects. */
const attributeKey = z.string().trim().min(1).max(64);
const attributeValue = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const isoDate = z.iso.date();
const year = z.int().min(1880).max(2200);
const openAttributes = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .catchall(attributeValue)
    .refine((value) => Object.keys(value).length <= 40, "At most 40 attributes")
    .refine(
      (value) => Object.keys(value).every((key) => attributeKey.safeParse(key).success),
      "Attribute names of 1 to 64 characters",
    );

/** What a subject's attributes are by kind; names beyond these are free, with plain values. */
export const subjectAttributes = {
  vehicle: openAttributes({
    type: z.string().max(60).optional(),
    fuel: z.string().max(60).optional(),
    firstRegistration: isoDate.optional(),
    make: z.string().max(60).optional(),
    model: z.string().max(60).optional(),
    mileage: z.int().min(0).max(5_000_000).optional(),
    vin: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-HJ-NPR-Z0-9]{17}$/, "Seventeen letters and digits, without I, O and Q")
      .optional(),
  }),
  transaction: openAttributes({
    address: z.string().max(300).optional(),
    priceCents: z.int().min(0).optional(),
    surface: z.number().min(0).max(1_000_000).optional(),
    rooms: z.int().min(0).max(1000).optional(),
    builtIn: year.optional(),
  }),
  file: openAttributes({ openedOn: isoDate.optional(), topic: z.string().max(200).optional() }),
} as const;
const subjectKind = z.enum(["vehicle", "transaction", "file"]);
const subjectFields = { label: optionalText(200), clientId: id.nullable().optional() };
const reference = z.string().trim().min(1).max(64);
export const createSubjectInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("vehicle"),
    reference,
    ...subjectFields,
    attributes: subjectAttributes.vehicle.optional(),
  }),
  z.object({
    kind: z.literal("transaction"),
    reference,
    ...subjectFields,
    attributes: subjectAttributes.transaction.optional(),
  }),
  z.object({
    kind: z.literal("file"),
    reference,
    ...subjectFields,
    attributes: subjectAttributes.file.optional(),
  }),
]);
/** `attributes` replaces them all; they are checked against the kind of the row. */
export const updateSubjectInput = z.object({
  id,
  reference: reference.optional(),
  ...subjectFields,
  attributes: z.record(z.string(), z.unknown()).optional(),
});
export const listSubjectsInput = z
  .object({
    kind: subjectKind.optional(),
    clientId: id.optional(),
    search: z.string().trim().max(100).optional(),
    includeArchived: z.boolean().default(false),
    cursor: z.string().max(300).nullish(),
    limit: z.int().min(1).max(200).default(50),
  })
  .default({ includeArchived: false, limit: 50 });
export const subjectView = z.object({
  id,
  kind: subjectKind,
  reference: z.string(),
  label: z.string().nullable(),
  clientId: id.nullable(),
  clientName: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  archivedAt: isoInstant.nullable(),
});
export type SubjectView = z.infer<typeof subjectView>;

export const foundClientView = clientView.extend({
  /** The client's subjects, those that match the search first. */
  subjects: z.array(z.object({ id, kind: subjectKind, reference: z.string(), label: z.string().nullable() })),
});
export type FoundClientView = z.infer<typeof foundClientView>;

const clientAppointment = z.object({
  id,
  startsAt: isoInstant,
  endsAt: isoInstant,
  status: z.string(),
  title: z.string(),
  providerId: id,
  providerName: z.string(),
  siteId: id,
  siteName: z.string(),
  serviceName: z.string().nullable(),
});
export const clientDetailView = clientView.extend({
  subjects: z.array(subjectView),
  /** Soonest first, at most 50. */
  upcoming: z.array(clientAppointment),
  /** Latest first, at most 50. */
  past: z.array(clientAppointment),
});
export type ClientDetailView = z.infer<typeof clientDetailView>;

/* Organization. */
export const updateOrganizationInput = z.object({
  name: name.optional(),
  preset: z.enum(["real_estate", "medical", "inspection", "client_meetings", "solo"]).optional(),
  timezone: timezoneSchema.optional(),
  locale: z.enum(["fr", "en"]).optional(),
  accent: colourSchema.optional(),
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
