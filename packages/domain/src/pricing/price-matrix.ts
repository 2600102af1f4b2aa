/** What is known of a subject: a vehicle's fuel, type, first registration… */
export type SubjectAttributes = Readonly<Record<string, string | number | boolean>>;

/** One line of a service's matrix: for subjects with all these attributes, another duration (minutes) or price (cents). */
export interface PriceOverride {
  when: SubjectAttributes;
  durationMinutes?: number | undefined;
  /** Null: no price is shown. */
  priceCents?: number | null | undefined;
}

interface Offer {
  durationMinutes: number;
  priceCents: number | null;
}

/**
 * Duration and price of a service for a subject: those of the first line whose every attribute the subject has; what that
 * line does not say, and everything when no line fits, is the service's own. Texts are compared without regard to case or
 * surrounding space, and a number equals its text, for attributes come from forms.
 */
export function offerFor(
  service: Offer & { overrides: readonly PriceOverride[] },
  attributes: SubjectAttributes,
): Offer {
  const line = service.overrides.find(({ when }) => fits(when, attributes));
  return {
    durationMinutes: line?.durationMinutes ?? service.durationMinutes,
    priceCents: line?.priceCents === undefined ? service.priceCents : line.priceCents,
  };
}

/** A line that asks for nothing would fit every subject: it is not one. */
function fits(when: SubjectAttributes, attributes: SubjectAttributes): boolean {
  const asked = Object.entries(when);
  return (
    asked.length > 0 &&
    asked.every(([name, value]) => {
      const known = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      return known !== undefined && folded(known) === folded(value);
    })
  );
}

function folded(value: string | number | boolean): string {
  return String(value).trim().toLowerCase();
}
