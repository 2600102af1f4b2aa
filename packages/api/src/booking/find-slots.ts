import { createHash } from "node:crypto";
import { bookableWindow } from "@creneau/domain/availability/booking-rules";
import { slotDays } from "@creneau/domain/availability/slot-days";
import { slots } from "@creneau/domain/availability/slots";
import type { Instant } from "@creneau/domain/time/instant";
import { DAY_MS, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { localDateOf } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneDay } from "@creneau/domain/time/zone-day";
import type { SiteBusy } from "./booking-cache.ts";
import type { BookingTarget } from "./booking-target.ts";
import { BoundedMemory } from "./bounded-memory.ts";
import { agendaKey, setupKeys, siteKey } from "./change-keys.ts";
import type { BookingWork } from "./open-link.ts";
import type { SlotAnswer } from "./schema.ts";
import { factsOf, withRooms } from "./slot-facts.ts";

/** An answer, with what it depends on. */
export interface KnownAnswer {
  answer: SlotAnswer;
  starts: readonly Instant[];
  keys: string[];
  readFrom: number;
  /** The answer changes by itself at this instant: a hold lapses, notice swallows the first start, a date opens. */
  validUntil: number;
}

const answers = new WeakMap<object, BoundedMemory<KnownAnswer>>();
/** Starts kept for all visitors of a process: some 250 octets each with their texts, so 125 MB at most. */
const mostStarts = 500_000;
const weigh = ({ starts }: KnownAnswer) => starts.length + 10;

/** Starts that can be booked over `[from, to)`, by date in the visitor's zone; from memory while nothing has changed. */
export async function findSlots(
  work: BookingWork,
  { target, from, to, zone }: { target: BookingTarget; from: number; to: number; zone: Zone },
): Promise<KnownAnswer> {
  const cache = work.cache;
  const now = work.now;
  const known = answers.get(cache) ?? new BoundedMemory<KnownAnswer>({ weigh, budget: mostStarts });
  answers.set(cache, known);
  const { setup, service, providers } = target;
  const key = [
    setup.site.id,
    service.id,
    service.durationMinutes,
    from,
    to,
    zone,
    ...providers.map(({ id }) => id),
  ].join();
  const earlier = known.get(key);
  if (earlier && now < earlier.validUntil && cache.isCurrent(earlier.keys, earlier.readFrom)) return earlier;

  const { lastDate, starts, busy } = await openStarts(work, { target, from, to });
  const days = toDays(starts, { zone, durationMinutes: service.durationMinutes });
  const version = createHash("sha256")
    .update(Float64Array.from([service.durationMinutes, ...starts]))
    .digest("base64url")
    .slice(0, 16);
  const found: KnownAnswer = {
    answer: { timezone: zone, version, days },
    starts,
    keys: [
      ...setupKeys(setup),
      ...providers.map(({ id }) => agendaKey(id)),
      ...(setup.rooms.length > 0 || setup.site.dailyCapacity !== null ? [siteKey(setup.site.id)] : []),
    ],
    readFrom: Math.min(setup.readFrom, ...unitsOf(busy).map(({ readFrom }) => readFrom)),
    validUntil: Math.min(
      starts[0] === undefined
        ? Number.POSITIVE_INFINITY
        : starts[0] - service.minNoticeMinutes * MINUTE_MS + 1,
      ...unitsOf(busy).map(({ nextLapse }) => (nextLapse > now ? nextLapse : Number.POSITIVE_INFINITY)),
      lastDate,
    ),
  };
  known.set(key, found);
  return found;
}

/** The starts of all the target's providers together, ascending, each once. `lastDate`: when the horizon moves on. */
export async function openStarts(
  work: BookingWork,
  { target, from, to }: { target: BookingTarget; from: number; to: number },
): Promise<{ starts: Instant[]; busy: SiteBusy; lastDate: number }> {
  const { setup, service, providers, organizationId } = target;
  const now = work.now;
  const horizonEnd = bookableWindow(
    {
      slotMinutes: 1,
      durationMinutes: 1,
      bufferAfterMinutes: 0,
      bufferBeforeMinutes: 0,
      minimumNoticeMinutes: 0,
      horizonDays: service.horizonDays,
    },
    now as Instant,
    setup.zone,
  ).end;
  const busy = await work.cache.busy({
    organizationId,
    setup,
    providerIds: providers.map(({ id }) => id),
    to: Math.min(to, horizonEnd) + DAY_MS,
    now,
  });
  const found = new Set<Instant>();
  for (const provider of providers) {
    const facts = factsOf(provider, { setup, service, busy, now });
    if (!facts) continue;
    for (const start of slots({ facts: withRooms(facts), from: from as Instant, to: to as Instant }))
      found.add(start);
  }
  const starts = providers.length > 1 ? [...found].sort((a, b) => a - b) : [...found];
  return { starts, busy, lastDate: zoneDay(setup.zone, localDateOf(now as Instant, setup.zone)).end };
}

function unitsOf({ providers, rooms, site }: SiteBusy) {
  return [...providers.values(), ...rooms.values(), ...(site ? [site] : [])];
}

/** Starts as the contract shows them. */
export function toDays(
  starts: readonly Instant[],
  { zone, durationMinutes }: { zone: Zone; durationMinutes: number },
): SlotAnswer["days"] {
  const duration = durationMinutes * MINUTE_MS;
  return slotDays(starts, zone).map(({ date, starts: ofDay }) => ({
    date,
    slots: ofDay.map((start) => ({
      startsAt: formatInstant(start),
      endsAt: formatInstant((start + duration) as Instant),
    })),
  }));
}
