import { z } from "zod";
import {
  attributeName,
  attributes,
  attributeValue,
  cursor,
  email as emailAddress,
  id,
  ids,
  line,
  locale,
  maybeLine,
  name,
  pageSize,
  phoneText,
  searchText,
  zone,
} from "../fields/schema.ts";
import { isoInstant, optionalLine, phone } from "./schema.ts";

export const newClientSchema = z
  .object({
    name,
    email: emailAddress.optional(),
    phone: phoneText.optional(),
    kind: z.enum(["individual", "company"]).default("individual"),
    company: name.optional(),
    locale: locale.default("fr"),
    timezone: zone.optional(),
  })
  .strict();

export const subjectSchema = z.object({
  kind: z.enum(["vehicle", "transaction", "file"]),
  reference: line(64),
  label: maybeLine(200).optional(),
  attributes: attributes(40).default({}),
});

/** What a question about time says of the subject: which one, or what it is like, without making it. */
export const subjectHint = {
  subjectId: id.optional(),
  subject: subjectSchema.partial({ kind: true, reference: true }).optional(),
};

/* Clients. */
/** Empty text means none. */
const email = z.preprocess((value) => (value === "" ? null : value), emailAddress.nullable().optional());
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
  locale: locale.optional(),
  timezone: zone.optional(),
  company: optionalLine(200),
  siret,
});
export const createClientInput = clientFields.extend({ name });
const alias = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("name"), value: name }),
  z.object({ kind: z.literal("email"), value: emailAddress }),
  z.object({ kind: z.literal("phone"), value: phoneText }),
]);
/** `aliases` replaces them all. */
export const updateClientInput = clientFields.extend({
  id,
  name: name.optional(),
  aliases: z.array(alias).max(50).optional(),
});
export const listClientsInput = z
  .object({
    search: searchText.optional(),
    includeArchived: z.boolean().default(false),
    cursor: cursor.nullish(),
    limit: pageSize(200).default(50),
  })
  .default({ includeArchived: false, limit: 50 });
export const searchClientsInput = z.object({
  query: searchText.min(2),
  limit: pageSize(50).default(10),
});
/** Records compared, and merged, at once. */
const mostMerged = 20;
export const compareClientsInput = z.object({
  ids: ids(mostMerged + 1).min(2),
});

/** What a client says of themselves that one of several records gives. */
export const mergedFields = [
  "name",
  "kind",
  "email",
  "phone",
  "company",
  "siret",
  "locale",
  "timezone",
] as const;
export const mergeClientsInput = z
  .object({
    keepId: id,
    mergeIds: ids(mostMerged).min(1),
    /** Of which record each field is taken; without one: of the record kept, or the first that has it. */
    fields: z.partialRecord(z.enum(mergedFields), id).default({}),
  })
  .refine(({ keepId, mergeIds }) => !mergeIds.includes(keepId), {
    message: "A client cannot be merged into itself",
    path: ["mergeIds"],
  });

const aliasSchema = z.object({ kind: z.enum(["name", "email", "phone"]), value: z.string() });
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
  /** The record that this one was merged into. */
  mergedIntoId: id.nullable(),
  createdAt: isoInstant,
  /** Other names, addresses and numbers of the same person, oldest first. */
  aliases: z.array(aliasSchema),
});
export type ClientView = z.infer<typeof clientView>;

/** One of several records of what may be one person, with what hangs on it as far as the seat covers it. */
export const comparedClientView = clientView.extend({
  appointments: z.int(),
  subjects: z.int(),
  notes: z.int(),
  /** Start of the latest appointment that has begun, and of the next to come. */
  lastAt: isoInstant.nullable(),
  nextAt: isoInstant.nullable(),
  /** The latest notes of its appointments. */
  latestNotes: z.array(z.object({ id, at: isoInstant, body: z.string() })),
});
export type ComparedClientView = z.infer<typeof comparedClientView>;

export const duplicateView = clientView.extend({
  /** What both records have in common. */
  because: z.array(z.enum(["phone", "email", "name"])),
});
export type DuplicateView = z.infer<typeof duplicateView>;

/* Subjects. */
const attributeOrNone = z.union([attributeValue, z.null()]);
const isoDate = z.iso.date();
const year = z.int().min(1880).max(2200);
const openAttributes = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .catchall(attributeOrNone)
    .refine((value) => Object.keys(value).length <= 40, "At most 40 attributes")
    .refine(
      (value) => Object.keys(value).every((key) => attributeName.safeParse(key).data === key),
      "Attribute names of 1 to 64 characters",
    );

/** What a subject's attributes are by kind; names beyond these are free, with plain values. */
export const subjectAttributes = {
  vehicle: openAttributes({
    type: maybeLine(60).optional(),
    fuel: maybeLine(60).optional(),
    firstRegistration: isoDate.optional(),
    make: maybeLine(60).optional(),
    model: maybeLine(60).optional(),
    mileage: z.int().min(0).max(5_000_000).optional(),
    vin: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-HJ-NPR-Z0-9]{17}$/, "Seventeen letters and digits, without I, O and Q")
      .optional(),
  }),
  transaction: openAttributes({
    address: maybeLine(300).optional(),
    priceCents: z.int().min(0).optional(),
    surface: z.number().min(0).max(1_000_000).optional(),
    rooms: z.int().min(0).max(1000).optional(),
    builtIn: year.optional(),
  }),
  file: openAttributes({ openedOn: isoDate.optional(), topic: maybeLine(200).optional() }),
} as const;
const subjectKind = z.enum(["vehicle", "transaction", "file"]);
const subjectFields = { label: optionalLine(200), clientId: id.nullable().optional() };
const reference = line(64);
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
  attributes: z.record(attributeName, attributeOrNone).optional(),
});
export const listSubjectsInput = z
  .object({
    kind: subjectKind.optional(),
    clientId: id.optional(),
    search: searchText.optional(),
    includeArchived: z.boolean().default(false),
    cursor: cursor.nullish(),
    limit: pageSize(200).default(50),
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
  mergedInto: z.object({ id, name: z.string() }).nullable(),
  /** Merges into this record that were not taken back, latest first. */
  merges: z.array(
    z.object({
      id,
      at: isoInstant,
      by: z.string().nullable(),
      records: z.array(z.object({ id, name: z.string() })),
    }),
  ),
  subjects: z.array(subjectView),
  /** Soonest first, at most 50. */
  upcoming: z.array(clientAppointment),
  /** Latest first, at most 50. */
  past: z.array(clientAppointment),
});
export type ClientDetailView = z.infer<typeof clientDetailView>;
