import type { createServiceInput } from "@creneau/api/directory/schema";
import type { z } from "zod";
import type { Outputs } from "../../trpc/react.ts";
import { amountText, centsOf, numberText, requiredNumberOf } from "../forms/form-values.ts";
import { type OverrideValues, overrideInput, overrideValues } from "./override-values.ts";

export type Service = Outputs["directory"]["services"]["list"]["items"][number];

/** A service as its form holds it. */
export type ServiceValues = {
  name: string;
  slug: string;
  description: string;
  durationMinutes: string;
  price: string;
  currency: string;
  bufferBefore: string;
  bufferAfter: string;
  /** A number of `noticeUnit`s: people say "2 days", not 2880 minutes. */
  notice: string;
  noticeUnit: NoticeUnit;
  horizonDays: string;
  locationKind: Service["locationKind"];
  requiredSkills: string[];
  needsRoom: boolean;
  needsApproval: boolean;
  needsPayment: boolean;
  isPublic: boolean;
  colour: string;
  position: string;
  providerIds: string[];
  overrides: OverrideValues[];
};

export type NoticeUnit = "minutes" | "hours" | "days";

const unitMinutes: Record<NoticeUnit, number> = { minutes: 1, hours: 60, days: 1440 };

/** Minutes in the largest unit that says them without a fraction. */
export function noticeOf(minutes: number): { notice: string; noticeUnit: NoticeUnit } {
  const noticeUnit =
    minutes > 0 && minutes % 1440 === 0 ? "days" : minutes > 0 && minutes % 60 === 0 ? "hours" : "minutes";
  return { notice: String(minutes / unitMinutes[noticeUnit]), noticeUnit };
}

export function serviceValues(service: Service | null, locale: string): ServiceValues {
  return {
    name: service?.name ?? "",
    slug: service?.slug ?? "",
    description: service?.description ?? "",
    durationMinutes: numberText(service?.durationMinutes ?? 30),
    price: amountText(service?.priceCents, locale),
    currency: service?.currency ?? "EUR",
    bufferBefore: numberText(service?.bufferBefore ?? 0),
    bufferAfter: numberText(service?.bufferAfter ?? 0),
    ...noticeOf(service?.minNoticeMinutes ?? 120),
    horizonDays: numberText(service?.horizonDays ?? 60),
    locationKind: service?.locationKind ?? "in_person",
    requiredSkills: service?.requiredSkills ?? [],
    needsRoom: service?.needsRoom ?? false,
    needsApproval: service?.needsApproval ?? false,
    needsPayment: service?.needsPayment ?? false,
    isPublic: service?.isPublic ?? true,
    colour: service?.colour ?? "",
    position: numberText(service?.position),
    providerIds: service?.providerIds ?? [],
    overrides: service?.overrides.map((each, place) => overrideValues(each, { place, locale })) ?? [],
  };
}

/** The request of a form; without a slug the server makes one of the name. */
export function serviceInput(values: ServiceValues): z.input<typeof createServiceInput> {
  return {
    name: values.name,
    slug: values.slug.trim() || undefined,
    description: values.description.trim() || null,
    // What is missing is refused as missing; the type only knows what is accepted.
    durationMinutes: requiredNumberOf(values.durationMinutes) as number,
    priceCents: centsOf(values.price),
    currency: values.currency.trim().toUpperCase(),
    bufferBefore: requiredNumberOf(values.bufferBefore) ?? 0,
    bufferAfter: requiredNumberOf(values.bufferAfter) ?? 0,
    minNoticeMinutes: (requiredNumberOf(values.notice) ?? 0) * unitMinutes[values.noticeUnit],
    horizonDays: requiredNumberOf(values.horizonDays),
    locationKind: values.locationKind,
    requiredSkills: values.requiredSkills,
    needsRoom: values.needsRoom && values.locationKind === "in_person",
    needsApproval: values.needsApproval,
    needsPayment: values.needsPayment,
    isPublic: values.isPublic,
    colour: values.colour || null,
    position: requiredNumberOf(values.position),
    providerIds: values.providerIds,
    overrides: values.overrides.map(overrideInput),
  };
}
