import "server-only";
import { api } from "../../trpc/server.ts";
import { wallClock } from "../time/zone-clock.ts";
import type { BookingState } from "./booking-state.ts";
import { subjectInput, subjectOf } from "./booking-subject.ts";
import type { PageView, Target } from "./guest-client.ts";
import { slotsKey } from "./slots-key.ts";
import {
  type BookingStart,
  chosenService,
  chosenSite,
  monthPeriod,
  providersAt,
  shownMonth,
} from "./start.ts";

function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")
  );
}

type Api = Awaited<ReturnType<typeof api>>;

/** Asks the API as this visitor; null where it knows no such thing. */
export async function askApi<Answer>(ask: (api: Api) => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask(await api());
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The same of what the booking pages ask. */
export function askAsGuest<Answer>(
  ask: (booking: Api["booking"]) => Promise<Answer>,
): Promise<Answer | null> {
  return askApi(({ booking }) => ask(booking));
}

/** The public page behind a name; null when there is none. A site nobody has is ignored: the visitor chooses again. */
export async function loadPage(username: string, siteSlug: string | null): Promise<PageView | null> {
  const ofSite = siteSlug ? await askAsGuest((booking) => booking.page({ username, siteSlug })) : null;
  return ofSite ?? askAsGuest((booking) => booking.page({ username }));
}

/** The first month of slots, when the address says enough to know which; else null: something is to be chosen first. */
export async function loadStart(
  page: PageView,
  state: BookingState,
  now: number,
): Promise<BookingStart | null> {
  const site = chosenSite(page, state.site);
  const service = site && chosenService(page, site, state.service);
  if (!site || !service) return null;
  const isInPerson = service.locationKind === "in_person";
  const timezone = (!isInPerson && state.zone) || site.timezone;
  const provider = providersAt(page, site, service).find(({ id }) => id === state.provider);
  const target: Target = {
    username: page.username,
    serviceSlug: service.slug,
    siteSlug: site.slug,
    providerId: provider?.id,
    ...subjectInput(subjectOf(state, service)),
  };
  const { booking } = await api();
  const { days } = await booking.firstAvailable({ ...target, timezone, limit: 1 });
  const first = days[0]?.slots[0] ?? null;
  const today = wallClock(now, timezone).date;
  const month = shownMonth({ ...state, first: days[0]?.date ?? null, today });
  const period = monthPeriod(month, { today, timezone });
  return {
    site,
    service,
    first,
    key: slotsKey(target, period),
    answer: await booking.slots({ ...target, ...period }),
  };
}
