import type { LoggedEvent } from "@creneau/db/events/event-log";
import { z } from "zod";

/*
 * The one list of what can happen: a name, what it happened to, and what its payload says. Writers are typed by it
 * (record-change.ts), readers narrow by it (`knownEvent`), `docs/events.md` is written from it, and a test holds what SQL
 * functions write to it. Payloads hold ids and times, never a row and never how somebody is reached.
 */

const id = z.uuid();
const instant = z.iso.datetime({ offset: false });

/** What the entity of an event may be; for the audit, too. */
export type EntityKind =
  | "appointment"
  | "note"
  | "site"
  | "room"
  | "provider"
  | "service"
  | "client"
  | "subject"
  | "organization"
  | "user"
  | "membership"
  | "invitation"
  | "waitlist_entry";

interface EventDefinition {
  /** What happened, in a sentence. */
  meaning: string;
  /** What `entityId` may name. */
  entity: readonly [EntityKind, ...EntityKind[]];
  payload: z.ZodType<object>;
  /** Whether it carries a version: of its entity after it, one more with every change, and never the same twice. */
  isVersioned?: boolean;
  /** Leaves no audit row: a hold lasts minutes, and who looks at a screen is nobody's history. */
  isUnaudited?: boolean;
  /** For our own processes alone: no other system is told. */
  isInternal?: boolean;
}

const appointment = z.strictObject({
  providerId: id,
  siteId: id,
  roomId: id.nullable(),
  startsAt: instant,
});
/**
 * What whoever reacts to a change of an appointment needs to know. `notify`: client and attendees are to be told of it.
 * `settlesAt`: until then it can be taken back; without it, it cannot.
 */
const change = appointment.extend({ notify: z.boolean(), settlesAt: instant.optional() });
/** Of a move to another provider: whose agenda it left. */
const previousProviderId = id.optional();
/** Came along with an appointment, and may be new to the directory. */
const companion = z.enum(["client", "subject"]);
const note = z.strictObject({
  appointmentId: id,
  providerId: id,
  siteId: id,
  kind: z.enum(["internal", "shared", "system"]),
});
const nothing = z.strictObject({});
/** Whose sessions must be looked at again. */
const seat = z.strictObject({ userId: id });

const definitions = {
  "appointment.held": {
    meaning: "A time is kept while somebody fills in the form, or for somebody who waits.",
    entity: ["appointment"],
    payload: appointment,
    isVersioned: true,
    isUnaudited: true,
  },
  "appointment.hold_extended": {
    meaning: "A time is kept for longer.",
    entity: ["appointment"],
    payload: appointment,
    isVersioned: true,
    isUnaudited: true,
  },
  "appointment.released": {
    meaning:
      "A time that was kept is free again; there is no such appointment any more. Only what staff released is audited.",
    entity: ["appointment"],
    payload: appointment.extend({ reason: z.enum(["given_back", "expired", "by_staff"]) }),
    isVersioned: true,
  },
  "appointment.created": {
    meaning: "An appointment was made, by staff, or by a client who confirmed a held time.",
    entity: ["appointment"],
    payload: change.extend({ brings: z.array(companion).min(1).optional() }),
    isVersioned: true,
  },
  "appointment.moved": {
    meaning: "Its time, provider, room or length is another.",
    entity: ["appointment"],
    payload: change.extend({ previousProviderId }),
    isVersioned: true,
  },
  "appointment.updated": {
    meaning: "What it says, or who attends, has changed.",
    entity: ["appointment"],
    payload: change,
    isVersioned: true,
  },
  "appointment.cancelled": {
    meaning: "It does not take place.",
    entity: ["appointment"],
    payload: change,
    isVersioned: true,
  },
  "appointment.status_changed": {
    meaning: "It was confirmed, began, ended, or nobody came; or such a click was corrected.",
    entity: ["appointment"],
    payload: change.extend({
      status: z.enum(["held", "pending", "confirmed", "in_progress", "completed", "cancelled", "no_show"]),
    }),
    isVersioned: true,
  },
  "appointment.undone": {
    meaning: "A move, a cancellation or an update was taken back within the undo window.",
    entity: ["appointment"],
    payload: appointment.extend({
      previousProviderId,
      /** The version that the change had made, which is taken back. */
      undoneVersion: z.int().positive(),
    }),
    isVersioned: true,
  },
  "attendee.responded": {
    meaning: "Somebody invited to the appointment said whether they come.",
    entity: ["appointment"],
    payload: appointment.extend({
      attendeeId: id,
      status: z.enum(["needs_action", "accepted", "declined", "tentative"]),
    }),
    isVersioned: true,
  },
  "note.added": {
    meaning: "A note was written; `kind` says for whom.",
    entity: ["note"],
    payload: note,
  },
  "note.shared": {
    meaning: "The client may read the note from now on.",
    entity: ["note"],
    payload: note,
  },
  "note.removed": {
    meaning: "The note is gone.",
    entity: ["note"],
    payload: note,
  },
  "client.created": {
    meaning:
      "A client was entered into the directory; who comes with a booking is told by `appointment.created`.",
    entity: ["client"],
    payload: nothing,
  },
  "client.updated": {
    meaning: "Their data, or whether they are put away, has changed.",
    entity: ["client"],
    payload: z.strictObject({ action: z.enum(["changed", "archived", "restored"]) }),
  },
  "client.link_issued": {
    meaning:
      "A link to their page was given out: by a notice, or because staff had it sent to their own address.",
    entity: ["client"],
    payload: nothing,
  },
  "client.links_revoked": {
    meaning: "The links they were given, to their page and to their appointments, were taken back.",
    entity: ["client"],
    payload: nothing,
  },
  "client.merged": {
    meaning: "Other clients were found to be this one, and are no more.",
    entity: ["client"],
    payload: z.strictObject({ mergedIds: z.array(id).min(1) }),
  },
  "client.unmerged": {
    meaning: "A merge was taken back: the clients that had been found to be this one are there again.",
    entity: ["client"],
    payload: z.strictObject({ mergedIds: z.array(id).min(1) }),
  },
  "directory.changed": {
    meaning: "A site, room, provider, service or subject was made, changed, put away or taken back.",
    entity: ["site", "room", "provider", "service", "subject"],
    payload: z.strictObject({
      kind: z.enum(["site", "room", "provider", "service", "subject"]),
      action: z.enum(["created", "changed", "archived", "restored"]),
    }),
  },
  "availability.changed": {
    meaning: "Hours, exceptions or absences of a provider, a room or a site have changed.",
    entity: ["provider", "room", "site"],
    payload: z.strictObject({ providerId: id.optional(), siteId: id.optional(), roomId: id.optional() }),
  },
  "calendar_feed.renewed": {
    meaning: "The provider's private calendar address was opened, or replaced by another one.",
    entity: ["provider"],
    payload: nothing,
  },
  "calendar_feed.closed": {
    meaning: "The provider's private calendar address works no more.",
    entity: ["provider"],
    payload: nothing,
  },
  "organization.changed": {
    meaning: "The organization's name, address or settings have changed.",
    entity: ["organization"],
    payload: nothing,
  },
  "member.invited": {
    meaning: "A seat was offered by mail.",
    entity: ["invitation"],
    payload: nothing,
  },
  "member.invitation_revoked": {
    meaning: "The offer of a seat was withdrawn.",
    entity: ["invitation"],
    payload: nothing,
  },
  "member.joined": {
    meaning: "Somebody took the seat they were offered.",
    entity: ["membership"],
    payload: seat,
  },
  "member.changed": {
    meaning: "The seat's role, its sites or the provider it stands for are others.",
    entity: ["membership"],
    payload: seat,
  },
  "member.removed": {
    meaning: "The seat was given up or taken away.",
    entity: ["membership"],
    payload: seat,
  },
  "waitlist.joined": {
    meaning: "Somebody waits for a time that suits them.",
    entity: ["waitlist_entry"],
    payload: z.strictObject({ siteId: id, serviceId: id, providerId: id.nullable() }),
  },
  "waitlist.offered": {
    meaning: "A time is kept for somebody who waits, until `until`.",
    entity: ["waitlist_entry"],
    payload: z.strictObject({ siteId: id, appointmentId: id, startsAt: instant, until: instant }),
  },
  "waitlist.declined": {
    meaning: "The time on offer was given back; its reader goes on waiting.",
    entity: ["waitlist_entry"],
    payload: z.strictObject({ siteId: id, appointmentId: id }),
  },
  "waitlist.accepted": {
    meaning: "The time on offer was booked, and the wish is served.",
    entity: ["waitlist_entry"],
    payload: z.strictObject({ siteId: id, appointmentId: id }),
  },
  "waitlist.left": {
    meaning:
      "A wish is over without a booking: left, taken off the list by staff, or past its last day or last offer.",
    entity: ["waitlist_entry"],
    payload: z.strictObject({ siteId: id, reason: z.enum(["left", "removed", "over"]) }),
  },
  "user.changed": {
    meaning: "Name, e-mail, password or deactivation of a person, or they signed out everywhere.",
    entity: ["user"],
    payload: seat,
    isUnaudited: true,
    isInternal: true,
  },
  "presence.changed": {
    meaning: "Somebody opened or closed the appointment on a screen.",
    entity: ["appointment"],
    payload: nothing,
    isUnaudited: true,
    isInternal: true,
  },
  "booking.facts_changed": {
    meaning:
      "Something other than an appointment that decides free times has changed; `entityId` is whose. Written by triggers.",
    entity: ["organization", "site", "room", "provider", "user"],
    payload: nothing,
    isUnaudited: true,
    isInternal: true,
  },
} as const satisfies Record<string, EventDefinition>;

type Definitions = typeof definitions;

/** Name of something that can happen. */
export type EventType = keyof Definitions;

/** What an event of this name says. */
export type EventPayload<Type extends EventType = EventType> = z.output<Definitions[Type]["payload"]>;

/** What an event of this name happened to: named where it can be several things, and with a version where it has one. */
export type EventSubject<Type extends EventType> = (Definitions[Type]["entity"] extends readonly [infer Only]
  ? { entity?: Only }
  : { entity: Definitions[Type]["entity"][number] }) &
  (Definitions[Type] extends { isVersioned: true } ? { version: number } : { version?: never });

/** Names that begin with a slice's word. */
export type EventTypeOf<Word extends string> = Extract<EventType, `${Word}.${string}`>;

/** What happens to an appointment, told to those who look at it: answers of attendees are part of what it shows. */
export type AppointmentEventType = EventTypeOf<"appointment"> | "attendee.responded";

/** Every event by its name. */
export const eventCatalogue: Readonly<Record<EventType, EventDefinition>> = definitions;

/** Names of all events. */
export const eventTypes = Object.keys(definitions) as EventType[];

/** An event of the log, narrowed by its name. */
export type KnownEvent<Type extends EventType = EventType> = {
  [Each in Type]: Omit<LoggedEvent, "type" | "payload"> & { type: Each; payload: EventPayload<Each> };
}[Type];

/**
 * The event as the catalogue knows it; null for a name from another version of the product. Payloads are taken at their
 * writers' word: every process reads every event.
 */
export function knownEvent(event: LoggedEvent): KnownEvent | null {
  return Object.hasOwn(definitions, event.type) ? (event as KnownEvent) : null;
}

/** Whether those who look at the appointment are told. */
export function isAppointmentEvent(event: KnownEvent): event is KnownEvent<AppointmentEventType> {
  return event.type === "attendee.responded" || event.type.startsWith("appointment.");
}

/** The providers whose agenda an appointment's event concerns: that it stands in, and that it left. */
export function agendasOf(payload: EventPayload<AppointmentEventType>): string[] {
  const left = "previousProviderId" in payload ? payload.previousProviderId : undefined;
  return left === undefined ? [payload.providerId] : [payload.providerId, left];
}
