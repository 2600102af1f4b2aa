import { centsOf } from "../forms/form-values.ts";

export type SubjectKind = "vehicle" | "transaction" | "file";

/** What appointments of each preset are usually about. */
export const usualSubjectKind = {
  inspection: "vehicle",
  real_estate: "transaction",
  medical: "file",
  client_meetings: "file",
  solo: "file",
} as const;

export type SubjectField = {
  key: SubjectAttribute;
  /** How it is typed and kept: as it is, as a whole or decimal number, as an amount in cents, as a date. */
  as: "text" | "number" | "amount" | "date";
};

type SubjectAttribute =
  | "make"
  | "model"
  | "type"
  | "fuel"
  | "firstRegistration"
  | "mileage"
  | "vin"
  | "address"
  | "priceCents"
  | "surface"
  | "rooms"
  | "builtIn"
  | "topic"
  | "openedOn";

/** What is asked about a subject of each kind, beside its reference and its label. */
export const subjectFields: Readonly<Record<SubjectKind, readonly SubjectField[]>> = {
  vehicle: [
    { key: "make", as: "text" },
    { key: "model", as: "text" },
    { key: "type", as: "text" },
    { key: "fuel", as: "text" },
    { key: "firstRegistration", as: "date" },
    { key: "mileage", as: "number" },
    { key: "vin", as: "text" },
  ],
  transaction: [
    { key: "address", as: "text" },
    { key: "priceCents", as: "amount" },
    { key: "surface", as: "number" },
    { key: "rooms", as: "number" },
    { key: "builtIn", as: "number" },
  ],
  file: [
    { key: "topic", as: "text" },
    { key: "openedOn", as: "date" },
  ],
};

/** The form of a subject: everything as typed. */
export type SubjectValues = { kind: SubjectKind; reference: string; label: string } & Record<
  SubjectAttribute,
  string
>;

function typed(value: unknown, as: SubjectField["as"]): string {
  if (value === undefined || value === null) return "";
  return as === "amount" && typeof value === "number" ? (value / 100).toFixed(2) : String(value);
}

function kept(text: string, as: SubjectField["as"]): string | number {
  if (as === "amount") return centsOf(text) ?? Number.NaN;
  return as === "number" ? Number(text.replace(/\s/g, "").replace(",", ".")) : text;
}

const everyField = Object.values(subjectFields).flat();

/** The form filled in; empty for a new subject. */
export function subjectValuesOf(
  subject: {
    kind: SubjectKind;
    reference: string;
    label: string | null;
    attributes: Record<string, unknown>;
  } | null,
  kind: SubjectKind,
): SubjectValues {
  const attributes = Object.fromEntries(
    everyField.map(({ key, as }) => [key, typed(subject?.attributes[key], as)]),
  ) as Record<SubjectAttribute, string>;
  return {
    kind: subject?.kind ?? kind,
    reference: subject?.reference ?? "",
    label: subject?.label ?? "",
    ...attributes,
  };
}

/** The request that the form stands for. What is known beyond the form's fields (`before`) stays as it is. */
export function subjectInputOf(values: SubjectValues, before: Record<string, unknown> = {}) {
  const attributes: Record<string, unknown> = { ...before };
  for (const { key, as } of subjectFields[values.kind]) {
    const text = values[key].trim();
    if (text) attributes[key] = kept(text, as);
    else delete attributes[key];
  }
  return { kind: values.kind, reference: values.reference, label: values.label.trim() || null, attributes };
}
