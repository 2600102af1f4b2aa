import {
  compareEventCursors,
  type EventCursor,
  formatEventCursor,
  parseEventCursor,
} from "@creneau/db/events/event-cursor";
import { type LoggedEvent, readEventsAfter } from "@creneau/db/events/event-log";
import { tracked } from "@trpc/server";
import type { z } from "zod";
import { userNames } from "../identity/user-names.ts";
import type { TenantContext } from "../trpc.ts";
import type { AppointmentEventPayload } from "./events.ts";
import { coversSite } from "./policy.ts";
import type { AppointmentChange, onChangeInput } from "./schema.ts";

/** Events that may wait for one socket. More means it does not read: it is dropped, and resumes from the log. */
const queueLimit = 500;
/** Bytes accepted by the socket's kernel buffer but not sent; above, the socket counts as slow. */
const bufferLimit = 1_000_000;
/** Close code that means "reconnect and resume with your lastEventId". */
export const resumeCloseCode = 4408;

/**
 * The organization's appointment events from `lastEventId` on, then live. The first item is `connected` (or `reload`,
 * when the log no longer reaches back that far): its id is where to resume, and the caller refetches its screen.
 */
export async function* onAppointmentChange(
  ctx: TenantContext,
  input: z.output<typeof onChangeInput>,
  signal: AbortSignal | undefined,
) {
  const { organizationId } = ctx.member.scope;
  const queue: LoggedEvent[] = [];
  let wake: (() => void) | undefined;
  let isOverrun = false;
  // Subscribed before the past is read, so that nothing falls between; doubles are dropped by cursor below.
  const unsubscribe = ctx.events.subscribe(organizationId, (event) => {
    if (!event.type.startsWith("appointment.")) return;
    if (queue.length >= queueLimit) isOverrun = true;
    else queue.push(event);
    wake?.();
  });
  const abort = () => wake?.();
  signal?.addEventListener("abort", abort);
  try {
    let position: EventCursor = ctx.events.position;
    const wished = input.lastEventId ? parseEventCursor(input.lastEventId) : null;
    const missed = wished ? await readEventsAfter(ctx.database, organizationId, wished) : null;
    if (wished && Array.isArray(missed)) {
      position = wished;
      for (const event of missed) {
        position = event.cursor;
        if (event.type.startsWith("appointment.") && concerns(ctx, input, event))
          yield await toItem(ctx, event);
      }
    } else {
      yield tracked(
        formatEventCursor(position),
        marker(missed === "reload" || input.lastEventId ? "reload" : "connected"),
      );
    }
    while (!signal?.aborted) {
      const event = queue.shift();
      if (event) {
        if (compareEventCursors(event.cursor, position) <= 0) continue;
        position = event.cursor;
        if (concerns(ctx, input, event)) yield await toItem(ctx, event);
      } else if (isOverrun) {
        ctx.socket?.close(resumeCloseCode, "resume");
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      if ((ctx.socket?.bufferedBytes() ?? 0) > bufferLimit) {
        ctx.socket?.close(resumeCloseCode, "resume");
        return;
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener("abort", abort);
  }
}

function concerns(ctx: TenantContext, input: z.output<typeof onChangeInput>, event: LoggedEvent): boolean {
  const { providerId, previousProviderId, siteId } = event.payload as Partial<AppointmentEventPayload>;
  if (siteId && !coversSite(ctx.member, siteId)) return false;
  if (input.siteIds && siteId && !input.siteIds.includes(siteId)) return false;
  if (!input.providerIds) return true;
  return [providerId, previousProviderId].some((id) => id !== undefined && input.providerIds?.includes(id));
}

async function toItem(ctx: TenantContext, event: LoggedEvent) {
  const payload = event.payload as Partial<AppointmentEventPayload>;
  const name = event.actorUserId ? await userNames.nameOf(ctx.database, event.actorUserId) : null;
  const change: AppointmentChange = {
    type: event.type,
    id: event.entityId,
    version: event.version,
    providerId: payload.providerId ?? null,
    siteId: payload.siteId ?? null,
    startsAt: payload.startsAt ?? null,
    by: event.actorUserId && name ? { userId: event.actorUserId, name } : null,
  };
  return tracked(formatEventCursor(event.cursor), change);
}

function marker(type: "connected" | "reload"): AppointmentChange {
  return { type, id: "", version: null, providerId: null, siteId: null, startsAt: null, by: null };
}
