import type { Database } from "@creneau/db/database";
import {
  compareEventCursors,
  type EventCursor,
  formatEventCursor,
  parseEventCursor,
} from "@creneau/db/events/event-cursor";
import { type EventLog, type LoggedEvent, readEventsAfter } from "@creneau/db/events/event-log";
import type { z } from "zod";
import { coversSite, sitesOf } from "../actor.ts";
import {
  type AppointmentEventType,
  agendasOf,
  isAppointmentEvent,
  type KnownEvent,
  knownEvent,
} from "../event-catalogue.ts";
import { userNames } from "../identity/user-names.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";

import type { AppointmentChange, onChangeInput } from "./schema.ts";

/** Something to tell a follower; the same object for everybody who is told, so that it can be serialised once. */
export interface ChangeItem {
  /** Where to resume after it. */
  id: string;
  change: AppointmentChange;
}

/** Who follows an organization's changes. */
export interface Follower {
  tell(item: ChangeItem): void;
  /** Called once, last: what came cannot be told completely; resume from the last item. */
  lose(): void;
}

/** What following needs of a work. */
type FeedWork = Pick<TenantWork, "database" | "scope" | "actor"> & Pick<Services, "events">;

type Filter = Pick<TenantWork, "actor"> & Pick<z.output<typeof onChangeInput>, "siteIds" | "providerIds">;

/** Everybody who wants the same of an organization's events: asked once for each event. */
interface Group {
  key: string;
  filter: Filter;
  followings: Set<Following>;
}

/** Changes that may wait while a follower's past is read; with more, reading the screen anew is cheaper. */
const waitingLimit = 500;
/** Telling many takes a while: others get their turn after so long. */
const turnMs = 15;

/** One organization's followers: one listener at the event log, one item for each event, however many follow. */
class OrganizationFeed {
  readonly #database: Database;
  readonly #groups = new Map<string, Group>();
  readonly #queue: KnownEvent<AppointmentEventType>[] = [];
  #isTelling = false;
  /** How often the log has broken off: what was about to be told then is told no more. */
  #breaks = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  add(filter: Filter, following: Following): Group {
    const key = JSON.stringify([sitesOf(filter.actor), filter.siteIds, filter.providerIds]);
    const group = this.#groups.get(key) ?? { key, filter, followings: new Set() };
    this.#groups.set(key, group);
    group.followings.add(following);
    return group;
  }

  /** Answers whether anybody is left. */
  remove(group: Group, following: Following): boolean {
    group.followings.delete(following);
    if (group.followings.size === 0) this.#groups.delete(group.key);
    return this.#groups.size > 0;
  }

  accept(logged: LoggedEvent): void {
    const event = appointmentEventIn(logged);
    if (!event) return;
    this.#queue.push(event);
    if (!this.#isTelling) void this.#tellAll();
  }

  /** The log goes on at `position`, in another history: everybody is to read their screen anew. */
  breakOff(position: EventCursor): void {
    this.#breaks += 1;
    this.#queue.length = 0;
    const reload = marker(position, "reload");
    for (const { followings } of [...this.#groups.values()]) {
      for (const following of [...followings]) following.breakOff(position, reload);
    }
  }

  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    let turnEnds = performance.now() + turnMs;
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) {
      const breaks = this.#breaks;
      const item = await toItem(this.#database, event).catch(() => null);
      if (breaks !== this.#breaks) continue;
      for (const { filter, followings } of [...this.#groups.values()]) {
        if (!concerns(filter, event)) continue;
        for (const following of followings) {
          if (item) following.hear(event.cursor, item);
          else following.lose();
        }
      }
      if (performance.now() < turnEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turnEnds = performance.now() + turnMs;
    }
    this.#isTelling = false;
  }
}

/** One follower's place in the log. Kept small: there are as many as sockets. */
class Following {
  readonly #follower: Follower;
  readonly #feed: OrganizationFeed;
  readonly #group: Group;
  readonly #onEmpty: () => void;
  #position: EventCursor;
  /** What came while the past was being read; null once live. */
  #waiting: { cursor: EventCursor; item: ChangeItem }[] | null = [];
  /** Where the log went on when it broke off while the past was being read. */
  #brokenAt: EventCursor | null = null;
  #isStopped = false;

  constructor(follower: Follower, place: { entry: FeedEntry; filter: Filter; position: EventCursor }) {
    this.#follower = follower;
    this.#position = place.position;
    this.#feed = place.entry.feed;
    this.#onEmpty = place.entry.forget;
    // Added before the past is read, so that nothing falls between; doubles are dropped by cursor.
    this.#group = this.#feed.add(place.filter, this);
  }

  /** Reads what was missed, then goes live. */
  async catchUp({ database, scope }: FeedWork, lastEventId: string | null | undefined): Promise<void> {
    const wished = lastEventId ? parseEventCursor(lastEventId) : null;
    const missed = wished && (await readEventsAfter(database, scope.organizationId, wished));
    if (wished && Array.isArray(missed) && !this.#brokenAt) {
      this.#position = wished;
      for (const logged of missed) {
        this.#position = logged.cursor;
        const event = appointmentEventIn(logged);
        if (!event || !concerns(this.#group.filter, event)) continue;
        const item = await toItem(database, event);
        if (this.#brokenAt) break;
        this.#tell(item);
      }
    } else if (!this.#brokenAt) this.#tell(marker(this.#position, lastEventId ? "reload" : "connected"));
    if (this.#brokenAt) {
      this.#position = this.#brokenAt;
      this.#tell(marker(this.#position, "reload"));
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const { cursor, item } of waiting) this.hear(cursor, item);
  }

  hear(cursor: EventCursor, item: ChangeItem): void {
    if (!this.#waiting) {
      if (compareEventCursors(cursor, this.#position) <= 0) return;
      this.#position = cursor;
      this.#tell(item);
    } else if (this.#waiting.length < waitingLimit) this.#waiting.push({ cursor, item });
    else this.lose();
  }

  /** What was told, or waits to be, is of a history that is over. */
  breakOff(position: EventCursor, reload: ChangeItem): void {
    if (this.#waiting) {
      this.#waiting = [];
      this.#brokenAt = position;
    } else {
      this.#position = position;
      this.#tell(reload);
    }
  }

  lose(): void {
    if (this.#isStopped) return;
    this.stop();
    this.#follower.lose();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (!this.#feed.remove(this.#group, this)) this.#onEmpty();
  }

  #tell(item: ChangeItem): void {
    if (!this.#isStopped) this.#follower.tell(item);
  }
}

/** What stops following. */
export type { Following };

interface FeedEntry {
  feed: OrganizationFeed;
  /** Stops listening for the organization; the next follower begins anew. */
  forget: () => void;
}

const feeds = new WeakMap<EventLog, Map<string, FeedEntry>>();

function feedOf({ events, database, scope }: FeedWork): FeedEntry {
  const { organizationId } = scope;
  const ofLog = feeds.get(events) ?? new Map<string, FeedEntry>();
  feeds.set(events, ofLog);
  const known = ofLog.get(organizationId);
  if (known) return known;
  const feed = new OrganizationFeed(database);
  const stopListening = events.subscribe(organizationId, (event) => feed.accept(event));
  const stopBreaking = events.onBreak(() => feed.breakOff(events.position));
  const forget = () => {
    stopListening();
    stopBreaking();
    ofLog.delete(organizationId);
  };
  const entry = { feed, forget };
  ofLog.set(organizationId, entry);
  return entry;
}

/**
 * Tells a follower the organization's appointment changes from `lastEventId` on, then live, each once and in order.
 * The first item is `connected` (or `reload`, when the log no longer reaches back that far). `reload` comes later, too, when
 * the database turns out to have gone back in time, or to be another. Nothing is told before this returns, nor after `stop()`. A past that cannot be read loses the follower.
 */
export function followChanges(
  work: FeedWork,
  input: z.output<typeof onChangeInput>,
  follower: Follower,
): Following {
  const filter: Filter = { actor: work.actor, siteIds: input.siteIds, providerIds: input.providerIds };
  const following = new Following(follower, { entry: feedOf(work), filter, position: work.events.position });
  queueMicrotask(() => {
    following.catchUp(work, input.lastEventId).catch(() => following.lose());
  });
  return following;
}

function appointmentEventIn(logged: LoggedEvent): KnownEvent<AppointmentEventType> | null {
  const event = knownEvent(logged);
  return event && isAppointmentEvent(event) ? event : null;
}

function concerns(
  { actor, siteIds, providerIds }: Filter,
  { payload }: KnownEvent<AppointmentEventType>,
): boolean {
  if (!coversSite(actor, payload.siteId)) return false;
  if (siteIds && !siteIds.includes(payload.siteId)) return false;
  return !providerIds || agendasOf(payload).some((id) => providerIds.includes(id));
}

async function toItem(database: Database, event: KnownEvent<AppointmentEventType>): Promise<ChangeItem> {
  const { payload } = event;
  const { kind, userId, name } = event.actor;
  const change: AppointmentChange = {
    type: event.type,
    id: event.entityId,
    version: event.version,
    providerId: payload.providerId,
    siteId: payload.siteId,
    startsAt: payload.startsAt,
    by: { kind, userId, name: userId ? await userNames.nameOf(database, userId) : name },
  };
  return { id: formatEventCursor(event.cursor), change };
}

function marker(position: EventCursor, type: "connected" | "reload"): ChangeItem {
  const change = { type, id: "", version: null, providerId: null, siteId: null, startsAt: null, by: null };
  return { id: formatEventCursor(position), change };
}
