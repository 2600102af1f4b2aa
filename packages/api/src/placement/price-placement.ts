import { offerFor, type SubjectAttributes } from "@creneau/domain/pricing/price-matrix";
import type { Placement } from "./read-placement.ts";

/** A placement for this subject: its service with the duration and the price that the service's matrix gives it. */
export function pricePlacement(placement: Placement, attributes: SubjectAttributes): Placement {
  const { service, facts } = placement;
  if (!service) return placement;
  const offer = offerFor(service, attributes);
  return {
    ...placement,
    service: { ...service, ...offer },
    facts: { ...facts, rules: { ...facts.rules, durationMinutes: offer.durationMinutes } },
  };
}
