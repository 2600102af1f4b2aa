import type { createProviderInput } from "@creneau/api/directory/schema";
import type { z } from "zod";
import type { Outputs } from "../../trpc/react.ts";
import { numberOf, numberText, requiredNumberOf } from "../forms/form-values.ts";

export type Provider = Outputs["directory"]["providers"]["list"]["items"][number];

/** A provider as its form holds it. */
export type ProviderValues = {
  name: string;
  title: string;
  userId: string;
  colour: string;
  siteIds: string[];
  skills: string[];
  serviceIds: string[];
  weight: string;
  dailyLimit: string;
  position: string;
};

export function providerValues(provider: Provider | null): ProviderValues {
  return {
    name: provider?.name ?? "",
    title: provider?.title ?? "",
    userId: provider?.userId ?? "",
    colour: provider?.colour ?? "#2563eb",
    siteIds: provider?.siteIds ?? [],
    skills: provider?.skills ?? [],
    serviceIds: provider?.serviceIds ?? [],
    weight: numberText(provider?.weight ?? 100),
    dailyLimit: numberText(provider?.dailyLimit),
    position: numberText(provider?.position),
  };
}

/** The request of a form; without a place the server puts a new provider last. */
export function providerInput(values: ProviderValues): z.input<typeof createProviderInput> {
  return {
    name: values.name,
    title: values.title.trim() || null,
    userId: values.userId || null,
    colour: values.colour,
    siteIds: values.siteIds,
    skills: values.skills,
    serviceIds: values.serviceIds,
    weight: requiredNumberOf(values.weight) ?? 100,
    dailyLimit: numberOf(values.dailyLimit),
    position: requiredNumberOf(values.position),
  };
}
