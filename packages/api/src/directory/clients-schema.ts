import { z } from "zod";
import { emailSchema } from "../appointments/schema.ts";
import { id, isoInstant, name, optionalText, phone, timezoneSchema } from "./schema.ts";

/* Clients. */
/** Empty text means none. */
const email = z.preprocess((value) => (value === "" ? null : value), emailSchema.nullable().optional());
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
