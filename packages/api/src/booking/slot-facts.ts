import type { PlacementFacts } from "@creneau/domain/appointments/placement";
import type { RoomBusy } from "@creneau/domain/availability/busy-time";
import type { Instant } from "@creneau/domain/time/instant";
import type { SiteBusy } from "./booking-cache.ts";
import { busyAt, dailyLimitAt } from "./busy-unit.ts";
import type { PublicService, SiteProvider } from "./queries.ts";
import type { SiteSetup } from "./site-setup.ts";

interface FactsQuestion {
  setup: SiteSetup;
  service: PublicService;
  busy: SiteBusy;
  now: number;
}

/** The domain's facts about one provider; null when the provider is not known at this site. */
export function factsOf(provider: SiteProvider, question: FactsQuestion): PlacementFacts | null {
  const { setup, service, busy, now } = question;
  const unit = busy.providers.get(provider.id);
  const schedule = setup.schedules.get(provider.id);
  if (!unit || !schedule) return null;
  return {
    now: now as Instant,
    schedule,
    rules: {
      slotMinutes: setup.organization.slotMinutes,
      durationMinutes: service.durationMinutes,
      bufferBeforeMinutes: service.bufferBefore,
      bufferAfterMinutes: service.bufferAfter,
      minimumNoticeMinutes: service.minNoticeMinutes,
      horizonDays: service.horizonDays,
    },
    busy: busyAt(unit, now),
    needsRoom: service.needsRoom,
    siteRooms: roomsAt(question),
    dailyLimit: dailyLimitAt(
      {
        limit: provider.dailyLimit,
        unit,
        capacity: setup.site.dailyCapacity,
        siteUnit: busy.site,
        zone: setup.zone,
      },
      now,
    ),
  };
}

function roomsAt({ setup, busy, now }: FactsQuestion): RoomBusy[] {
  return setup.rooms.flatMap((roomId) => {
    const unit = busy.rooms.get(roomId);
    return unit ? [{ roomId, busy: [...busyAt(unit, now), ...(setup.roomTimeOff.get(roomId) ?? [])] }] : [];
  });
}

/** As `slots` wants them: every room that would do, or none needed. */
export function withRooms(facts: PlacementFacts) {
  return { ...facts, rooms: facts.needsRoom ? facts.siteRooms : null };
}
