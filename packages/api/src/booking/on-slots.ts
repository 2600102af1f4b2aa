import { slotDays } from "@creneau/domain/availability/slot-days";
import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { Zone } from "@creneau/domain/time/zone";
import { tracked } from "@trpc/server";
import type { z } from "zod";
import { resumeCloseCode } from "../appointments/on-change.ts";
import type { LiveSocket } from "../services.ts";
import type { BookingCache } from "./booking-cache.ts";
import { resolveTarget } from "./booking-target.ts";
import { findSlots, type KnownAnswer } from "./find-slots.ts";
import { spanOf } from "./moments.ts";
import type { BookingWork } from "./open-link.ts";
import type { onSlotsInput, SlotsChange } from "./schema.ts";

/** Changes within this time are told together. */
const coalesceMs = 60;
/** A timer cannot wait longer than this. */
const longestTimer = 2 ** 31 - 1;
const bufferLimit = 1_000_000;

/** How a page is followed: what is known of it, the page as it is opened at each look, and the socket that is told. */
export interface SlotsWatch {
  cache: BookingCache;
  open: () => Promise<BookingWork>;
  /** The present instant, epoch milliseconds. */
  now: () => number;
  socket?: LiveSocket;
}

/**
 * Follows the answer of `booking.slots`. Each visitor remembers only which answer they were given last, so one who reads
 * slowly costs no memory and is told the difference to the present, however much has happened between. Everybody who
 * looks at the same page shares one computation (`findSlots` answers from memory).
 */
export async function* onSlots(
  { cache, open, now, socket }: SlotsWatch,
  input: z.output<typeof onSlotsInput>,
  signal: AbortSignal | undefined,
) {
  let isStirred = false;
  let wake: (() => void) | undefined;
  let current: { answer: KnownAnswer; displayZone: Zone; durationMinutes: number } | undefined;
  const stir = () => {
    isStirred = true;
    wake?.();
  };
  const unsubscribe = cache.onChange((keys) => {
    if (!current || !keys || keys.some((key) => current?.answer.keys.includes(key))) stir();
  });
  const abort = () => wake?.();
  signal?.addEventListener("abort", abort);
  try {
    current = await look(await open(), input);
    const seen = input.lastEventId ?? input.version;
    const first = current.answer.answer;
    yield item({
      type: seen == null || seen === first.version ? "connected" : "reload",
      version: first.version,
      timezone: first.timezone,
      days: [],
    });
    while (!signal?.aborted) {
      if (!isStirred) await sleepUntil(current.answer.validUntil);
      if (signal?.aborted) return;
      // Many bookings in a moment make one message.
      await new Promise((resolve) => setTimeout(resolve, coalesceMs));
      isStirred = false;
      const next = await look(await open(), input);
      const days = difference(current.answer, next.answer, next);
      current = next;
      if (days.length > 0)
        yield item({
          type: "changed",
          version: next.answer.answer.version,
          timezone: next.displayZone,
          days,
        });
      if ((socket?.bufferedBytes() ?? 0) > bufferLimit) {
        socket?.close(resumeCloseCode, "resume");
        return;
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener("abort", abort);
  }

  /** Sleeps until something changes, the answer changes by itself, or the visitor leaves. */
  async function sleepUntil(validUntil: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      const wait = validUntil - now();
      if (wait < longestTimer) timer = setTimeout(resolve, Math.max(0, wait) + 1);
    });
    clearTimeout(timer);
    wake = undefined;
  }
}

async function look(work: BookingWork, input: z.output<typeof onSlotsInput>) {
  const target = await resolveTarget(work, input);
  const displayZone = input.timezone ?? target.setup.zone;
  const answer = await findSlots(work, { target, ...spanOf(input, displayZone), zone: displayZone });
  return { answer, displayZone, durationMinutes: target.service.durationMinutes };
}

function item(change: SlotsChange) {
  return tracked(change.version, change);
}

const differences = new WeakMap<KnownAnswer, WeakMap<KnownAnswer, SlotsChange["days"]>>();

/** What changed from one answer to another; computed once for all who went from the one to the other. */
function difference(
  before: KnownAnswer,
  after: KnownAnswer,
  { displayZone, durationMinutes }: { displayZone: Zone; durationMinutes: number },
): SlotsChange["days"] {
  const known = differences.get(before)?.get(after);
  if (known) return known;
  const had = new Set(before.starts);
  const has = new Set(after.starts);
  const duration = durationMinutes * MINUTE_MS;
  const byDate = new Map<string, SlotsChange["days"][number]>();
  const dayOf = (date: string) => {
    const day = byDate.get(date) ?? { date, added: [], removed: [] };
    byDate.set(date, day);
    return day;
  };
  for (const { date, starts } of slotDays(
    after.starts.filter((start) => !had.has(start)),
    displayZone,
  )) {
    for (const start of starts)
      dayOf(date).added.push({
        startsAt: formatInstant(start),
        endsAt: formatInstant((start + duration) as Instant),
      });
  }
  for (const { date, starts } of slotDays(
    before.starts.filter((start) => !has.has(start)),
    displayZone,
  )) {
    for (const start of starts) dayOf(date).removed.push(formatInstant(start));
  }
  const days = [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date));
  const ofBefore = differences.get(before) ?? new WeakMap<KnownAnswer, SlotsChange["days"]>();
  differences.set(before, ofBefore.set(after, days));
  return days;
}
