import type { TenantSql } from "@creneau/db/in-tenant";
import { openTime } from "@creneau/domain/availability/open-time";
import type { Instant } from "@creneau/domain/time/instant";
import type { Interval } from "@creneau/domain/time/interval";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { type Actor, userIdOf } from "../actor.ts";
import { coveredSites } from "../appointments/queries.ts";

import { loadAgendas } from "./agendas.ts";
import type { OpenView, openInput } from "./schema.ts";

/**
 * When providers receive, where they are away, and what their external calendars hold, for the calendar's background.
 * Titles of external events are told to their owner alone.
 */
export async function readOpenTime(
  tx: TenantSql,
  actor: Actor,
  input: z.output<typeof openInput>,
  now: Instant,
): Promise<OpenView> {
  const window = { start: Date.parse(input.from) as Instant, end: Date.parse(input.to) as Instant };
  const { agendas, rooms } = await loadAgendas(tx, {
    providerIds: input.providerIds ?? null,
    siteIds: coveredSites(actor, input.siteIds) ?? null,
    from: window.start,
    to: window.end,
    now,
    withoutBusy: true,
  });
  const touches = ({ from, to }: { from: number; to: number }) => from < window.end && to > window.start;
  return {
    items: agendas.map(({ providerId, siteId, userId, schedule, timeOff, external }) => ({
      providerId,
      siteId,
      intervals: openTime({ schedule, window }).map(spanView),
      timeOff: timeOff
        .filter(touches)
        .map(({ id, from, to, reason, scope }) => ({ id, ...edges(from, to), reason, scope })),
      external: external.filter(touches).map(({ id, from, to, title }) => ({
        id,
        ...edges(from, to),
        title: userId !== null && userId === userIdOf(actor) ? title : null,
      })),
    })),
    rooms: rooms.map(({ roomId, timeOff }) => ({
      roomId,
      timeOff: timeOff
        .filter(touches)
        .map(({ id, from, to, reason }) => ({ id, ...edges(from, to), reason })),
    })),
  };
}

function spanView({ start, end }: Interval) {
  return edges(start, end);
}

function edges(from: number, to: number): { startsAt: string; endsAt: string } {
  return { startsAt: formatInstant(from as Instant), endsAt: formatInstant(to as Instant) };
}
