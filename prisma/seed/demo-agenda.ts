import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { isoWeekdayOf, localDatePlusDays } from "@creneau/domain/time/local-date";
import { instantFromLocal, localDateOf } from "@creneau/domain/time/local-time";
import { zone } from "@creneau/domain/time/zone";

interface DemoWindow {
  isoWeekday: number;
  startMinute: number;
  endMinute: number;
}

interface DemoService {
  id: string;
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
}

interface AgendaWish<Service extends DemoService> {
  random: () => number;
  /** Present instant, epoch milliseconds. */
  now: number;
  timezone: string;
  hours: DemoWindow[];
  services: Service[];
  slotMinutes: number;
  /** Share of possible appointments that exist, 0 to 1; less of it in the weeks to come. */
  fill: number;
}

const daysBefore = 7;
const daysAfter = 17;

/** Appointments of one provider from last week to the week after next, on the grid, never overlapping. */
export function agenda<Service extends DemoService>(wish: AgendaWish<Service>) {
  const { random, now, hours, services, slotMinutes } = wish;
  const site = zone(wish.timezone);
  const today = localDateOf(now as Instant, site);
  const placed = [];
  for (let offset = -daysBefore; offset <= daysAfter; offset++) {
    const date = localDatePlusDays(today, offset);
    const fill = offset <= 1 ? wish.fill : wish.fill * (1 - offset / (daysAfter * 1.6));
    for (const window of hours.filter(({ isoWeekday }) => isoWeekday === isoWeekdayOf(date))) {
      let minute = window.startMinute;
      while (minute < window.endMinute) {
        const service = services[Math.floor(random() * random() * services.length)];
        if (!service) break;
        const busyMinutes = service.bufferBefore + service.durationMinutes + service.bufferAfter;
        const start = Math.ceil((minute + service.bufferBefore) / slotMinutes) * slotMinutes;
        if (start + service.durationMinutes > window.endMinute) break;
        const keep = random() < fill;
        minute = start - service.bufferBefore + busyMinutes;
        if (!keep) {
          minute += Math.floor(random() * 3) * slotMinutes;
          continue;
        }
        const startsAt = instantFromLocal({
          date,
          minute: start,
          zone: site,
          gap: "forward",
          overlap: "earlier",
        });
        placed.push({ service, ...times(startsAt, service), ...life(startsAt, now, random) });
      }
    }
  }
  return placed;
}

function times(startsAt: number, service: DemoService) {
  const endsAt = startsAt + service.durationMinutes * MINUTE_MS;
  return {
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    busyFrom: new Date(startsAt - service.bufferBefore * MINUTE_MS),
    busyTo: new Date(endsAt + service.bufferAfter * MINUTE_MS),
  };
}

/** A status that fits the time: the past is mostly completed, the future confirmed, a few wait for approval. */
function life(startsAt: number, now: number, random: () => number) {
  const chance = random();
  const createdAt = new Date(Math.min(startsAt, now) - Math.floor((1 + random() * 12) * DAY_MS));
  if (chance < 0.06) return { status: "cancelled" as const, cancelledAt: createdAt, createdAt };
  if (startsAt < now - 30 * MINUTE_MS)
    return { status: chance < 0.12 ? ("no_show" as const) : ("completed" as const), createdAt };
  if (startsAt < now) return { status: "in_progress" as const, createdAt };
  return { status: chance > 0.93 ? ("pending" as const) : ("confirmed" as const), createdAt };
}
