import type { createSiteInput } from "@creneau/api/directory/schema";
import type { z } from "zod";
import type { Outputs } from "../../trpc/react.ts";
import { numberOf, numberText, requiredNumberOf } from "../forms/form-values.ts";

export type Site = Outputs["directory"]["sites"]["list"]["items"][number];

/** A site as its form holds it. */
export type SiteValues = {
  name: string;
  slug: string;
  phone: string;
  address: string;
  postalCode: string;
  city: string;
  latitude: string;
  longitude: string;
  timezone: string;
  dailyCapacity: string;
  overbookingPercent: string;
};

export function siteValues(site: Site | null, timezone: string): SiteValues {
  return {
    name: site?.name ?? "",
    slug: site?.slug ?? "",
    phone: site?.phone ?? "",
    address: site?.address ?? "",
    postalCode: site?.postalCode ?? "",
    city: site?.city ?? "",
    latitude: numberText(site?.latitude),
    longitude: numberText(site?.longitude),
    timezone: site?.timezone ?? timezone,
    dailyCapacity: numberText(site?.dailyCapacity),
    overbookingPercent: numberText(site?.overbookingPercent ?? 0),
  };
}

/** The request of a form; without a slug the server makes one of the name. */
export function siteInput(values: SiteValues): z.input<typeof createSiteInput> {
  return {
    name: values.name,
    slug: values.slug.trim() || undefined,
    phone: values.phone,
    address: values.address.trim() || null,
    postalCode: values.postalCode.trim() || null,
    city: values.city.trim() || null,
    latitude: numberOf(values.latitude),
    longitude: numberOf(values.longitude),
    timezone: values.timezone,
    dailyCapacity: numberOf(values.dailyCapacity),
    overbookingPercent: requiredNumberOf(values.overbookingPercent) ?? 0,
  };
}

/** "48.8583, 2.2945", as maps give coordinates; null when the text is no such pair. */
export function coordinatesOf(text: string): { latitude: string; longitude: string } | null {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  return match?.[1] && match[2] ? { latitude: match[1], longitude: match[2] } : null;
}
