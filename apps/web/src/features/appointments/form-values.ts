import { newClientOf } from "../clients/typed-client.ts";
import { centsOf } from "../forms/form-values.ts";
import { localDate } from "../time/format-time.ts";
import { instantOf, wallTimeOf } from "../time/wall-time.ts";
import type { AppointmentDetail } from "./appointment.ts";
import { type AttendeeDraft, attendeesOf } from "./attendee-drafts.ts";

/** What the form of an appointment holds: wall-clock times of the organization's zone, texts as typed. */
export type FormValues = {
  serviceId: string;
  providerId: string;
  siteId: string;
  date: string;
  /** Minutes since midnight; null while nothing readable is typed. */
  start: number | null;
  end: number | null;
  roomId: string;
  clientId: string;
  clientName: string;
  isNewClient: boolean;
  newName: string;
  newPhone: string;
  newEmail: string;
  /** Of a new appointment. */
  attendees: AttendeeDraft[];
  /** Reference as typed, of a new appointment. */
  subject: string;
  /** One of the client's, of an existing appointment. */
  subjectId: string;
  title: string;
  description: string;
  locationKind: "in_person" | "video" | "phone";
  locationDetail: string;
  price: string;
  notify: boolean;
};

export const emptyForm: FormValues = {
  serviceId: "",
  providerId: "",
  siteId: "",
  date: "",
  start: null,
  end: null,
  roomId: "",
  clientId: "",
  clientName: "",
  isNewClient: false,
  newName: "",
  newPhone: "",
  newEmail: "",
  attendees: [],
  subject: "",
  subjectId: "",
  title: "",
  description: "",
  locationKind: "in_person",
  locationDetail: "",
  price: "",
  notify: true,
};

function instantAt(date: string, minute: number | null, zone: string): string | undefined {
  return date && minute !== null ? instantOf({ date, minute, zone }) : undefined;
}

function filled(text: string): string | undefined {
  return text.trim() || undefined;
}

/** The request that the form of a new appointment stands for; what is missing stays missing for the schema to refuse. */
export function createInputOf(
  values: FormValues,
  { zone, subjectKind }: { zone: string; subjectKind: "vehicle" | "transaction" | "file" },
) {
  const { isNewClient, clientId, subject } = values;
  return {
    providerId: values.providerId,
    siteId: filled(values.siteId),
    serviceId: filled(values.serviceId),
    startsAt: instantAt(values.date, values.start, zone),
    endsAt: instantAt(values.date, values.end, zone),
    roomId: filled(values.roomId),
    title: filled(values.title),
    description: filled(values.description),
    locationKind: values.locationKind,
    locationDetail: filled(values.locationDetail),
    ...(clientId && !isNewClient && { clientId }),
    ...(isNewClient && {
      client: newClientOf({ name: values.newName, phone: values.newPhone, email: values.newEmail }),
    }),
    ...(subject.trim() && { subject: { kind: subjectKind, reference: subject.trim() } }),
    attendees: attendeesOf(values.attendees),
    notify: values.notify,
  };
}

/** The form's field for a path of the request. */
export function formFieldOf(path: string): string {
  const names: Record<string, string> = {
    startsAt: "start",
    endsAt: "end",
    "client.name": "newName",
    "client.phone": "newPhone",
    "client.email": "newEmail",
    client: "newName",
    "subject.reference": "subject",
    priceCents: "price",
  };
  // Its lines tell what is wrong with each.
  if (path.startsWith("attendees.")) return "attendees";
  return names[path] ?? path;
}

/** An appointment as its form shows it. */
export function formOf(
  appointment: AppointmentDetail,
  { zone, locale }: { zone: string; locale: string },
): FormValues {
  const start = wallTimeOf({ instant: appointment.startsAt, zone });
  const end = wallTimeOf({ instant: appointment.endsAt, zone });
  return {
    ...emptyForm,
    serviceId: appointment.serviceId ?? "",
    providerId: appointment.providerId,
    siteId: appointment.siteId,
    date: localDate({ instant: appointment.startsAt, zone }),
    start: start.minute,
    end: end.date === start.date ? end.minute : 1440,
    roomId: appointment.roomId ?? "",
    clientId: appointment.clientId ?? "",
    clientName: appointment.clientName ?? "",
    subject: appointment.subjectReference ?? "",
    subjectId: appointment.subjectId ?? "",
    title: appointment.title,
    description: appointment.description ?? "",
    locationKind: appointment.locationKind,
    locationDetail: appointment.locationDetail ?? "",
    price: appointment.priceCents === null ? "" : priceText(appointment.priceCents, locale),
  };
}

const placeFields = ["providerId", "date", "start", "end", "roomId"] as const;
const textFields = [
  "title",
  "description",
  "clientId",
  "subjectId",
  "locationKind",
  "locationDetail",
  "price",
] as const;
export type EditableField = (typeof placeFields)[number] | (typeof textFields)[number];
export const editableFields: readonly EditableField[] = [...placeFields, ...textFields];

/** A price as its field shows it: with the decimal sign of the language, without a currency. */
function priceText(cents: number, locale: string): string {
  const text = (cents / 100).toFixed(2);
  return locale === "fr" ? text.replace(".", ",") : text;
}

/**
 * What an edited form asks of the server: a move when the place changed, an update when the rest did. Compared with
 * the form as it was filled in, so that nothing untouched is written over another person's change.
 */
export function changesOf(values: FormValues, original: FormValues, zone: string) {
  const isMoved = placeFields.some((field) => values[field] !== original[field]);
  const move = isMoved
    ? {
        startsAt: instantAt(values.date, values.start, zone),
        endsAt: instantAt(values.date, values.end, zone),
        ...(values.providerId !== original.providerId && { providerId: values.providerId }),
        ...(values.roomId !== original.roomId && { roomId: values.roomId || null }),
      }
    : null;
  const has = (field: EditableField) => values[field] !== original[field];
  const update = {
    ...(has("title") && { title: values.title.trim() }),
    ...(has("description") && { description: values.description.trim() || null }),
    ...(has("clientId") && { clientId: values.clientId || null }),
    ...(has("subjectId") && { subjectId: values.subjectId || null }),
    ...(has("locationKind") && { locationKind: values.locationKind }),
    ...(has("locationDetail") && { locationDetail: values.locationDetail.trim() || null }),
    ...(has("price") && { priceCents: centsOf(values.price) }),
  };
  return { move, update: Object.keys(update).length > 0 ? update : null };
}
