import { offerFor } from "@creneau/domain/pricing/price-matrix";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import { resolveName } from "./booking-target.ts";
import { BoundedMemory } from "./bounded-memory.ts";
import { organizationKeys } from "./change-keys.ts";
import type { BookingWork } from "./open-link.ts";
import type { PageView, pageInput } from "./schema.ts";

const listedSites = 50;
type KnownPages = BoundedMemory<{ page: PageView; organizationId: string; readFrom: number }>;
const pages = new WeakMap<object, KnownPages>();

/** The page of a provider, an organization, or one of its sites. Errors: `not_found`. */
export async function readPage(work: BookingWork, input: z.output<typeof pageInput>): Promise<PageView> {
  const cache = work.cache;
  const username = input.username.toLowerCase();
  const known: KnownPages = pages.get(cache) ?? new BoundedMemory();
  pages.set(cache, known);
  const key = `${username} ${input.siteSlug ?? ""}`;
  const earlier = known.get(key);
  if (earlier && cache.isCurrent(organizationKeys(earlier.organizationId), earlier.readFrom))
    return pageFor(earlier.page, input.subject);
  const name = await resolveName(work, username);
  const chosen = input.siteSlug
    ? name.sites.filter(({ slug }) => slug === input.siteSlug)
    : name.sites.slice(0, listedSites);
  if (input.siteSlug && chosen.length === 0) throw notFound("site");
  const { rows } = await work.database.pool.query<{
    page: Omit<PageView, "kind" | "username" | "siteCount">;
  }>({
    name: "booking_page",
    text: "SELECT booking_page($1::uuid, $2::uuid, $3::uuid[]) AS page",
    values: [name.organizationId, name.providerId, chosen.map(({ id }) => id)],
  });
  const found = rows[0]?.page;
  if (!found) throw notFound("page");
  const page: PageView = {
    kind: name.providerId ? "provider" : "organization",
    username: name.username,
    siteCount: name.sites.length,
    ...found,
  };
  known.set(key, { page, organizationId: name.organizationId, readFrom: name.readFrom });
  return pageFor(page, input.subject);
}

function pageFor(page: PageView, subject: z.output<typeof pageInput>["subject"]): PageView {
  if (!subject) return page;
  const services = page.services.map((service) => ({ ...service, ...offerFor(service, subject.attributes) }));
  return { ...page, services };
}
