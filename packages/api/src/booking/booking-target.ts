import { offerFor, type SubjectAttributes } from "@creneau/domain/pricing/price-matrix";
import { AppError, notFound } from "../errors.ts";
import type { PublicName } from "./booking-cache.ts";
import type { BookingWork } from "./open-link.ts";
import type { PublicService, SiteProvider } from "./queries.ts";
import type { SiteSetup } from "./site-setup.ts";

/** What a visitor points at by names. */
export interface TargetNames {
  username: string;
  serviceSlug: string;
  siteSlug?: string | undefined;
  /** A provider of the site, or anyone. */
  providerId?: string | undefined;
  /** What the booking is about: duration and price may depend on it. */
  subject?: { attributes: SubjectAttributes } | undefined;
}

/** The site, the service and the providers who could give it. */
export interface BookingTarget {
  organizationId: string;
  setup: SiteSetup;
  service: PublicService;
  providers: SiteProvider[];
  /** Whether the visitor leaves the choice of provider to us. */
  isAnyone: boolean;
}

/** The name, or `not_found`: the same answer for a name nobody has and one that is not public. */
export async function resolveName(work: BookingWork, username: string): Promise<PublicName> {
  const name = await work.cache.name(username.toLowerCase());
  // A name that has passed to another organization meanwhile is unknown here.
  if (!name || name.organizationId !== work.scope.organizationId) throw notFound("page");
  return name;
}

/** Errors: `not_found`; `invalid_input` when a site has to be chosen first. */
export async function resolveTarget(work: BookingWork, names: TargetNames): Promise<BookingTarget> {
  const name = await resolveName(work, names.username);
  const site = names.siteSlug ? name.sites.find(({ slug }) => slug === names.siteSlug) : name.sites[0];
  if (!site) throw notFound("site");
  if (!names.siteSlug && name.sites.length > 1 && name.providerId === null) {
    throw new AppError("invalid_input", "Choose a site first", { field: "siteSlug" });
  }
  const [setup] = await work.cache.setups(name.organizationId, [site.id], work.now);
  if (!setup) throw notFound("site");
  return targetAt(name, setup, names);
}

/** The same with the site at hand. */
export function targetAt(
  name: PublicName,
  setup: SiteSetup,
  { serviceSlug, providerId, subject }: Omit<TargetNames, "username">,
): BookingTarget {
  const service = serviceAt(setup, serviceSlug, subject);
  if (!service) throw notFound("service");
  const wanted = name.providerId ?? (providerId === "anyone" ? undefined : providerId);
  const providers = providersFor(setup, service).filter(({ id }) => wanted === undefined || id === wanted);
  if (wanted !== undefined && providers.length === 0) throw notFound("service");
  return { organizationId: name.organizationId, setup, service, providers, isAnyone: wanted === undefined };
}

/** The service with this name, for this subject. */
export function serviceAt(
  setup: SiteSetup,
  serviceSlug: string,
  subject: TargetNames["subject"],
): PublicService | undefined {
  const service = setup.services.find(({ slug }) => slug === serviceSlug);
  return service && { ...service, ...offerFor(service, subject?.attributes ?? {}) };
}

/** Providers who offer the service here and have its skills. */
export function providersFor(setup: SiteSetup, service: PublicService): SiteProvider[] {
  return setup.providers.filter(
    ({ services, skills, isCalendarLost }) =>
      services.includes(service.id) &&
      service.requiredSkills.every((skill) => skills.includes(skill)) &&
      !(isCalendarLost && setup.organization.calendarPolicy === "closed"),
  );
}
