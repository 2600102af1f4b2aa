import { z } from "zod";
import { appointmentView } from "../appointments/schema.ts";
import { subjectHint } from "../directory/clients-schema.ts";
import { date, id, ids, instant, maybeLine, minuteOfDay, pageSize } from "../fields/schema.ts";

const isoInstant = z.string();
const reason = maybeLine(300).nullable().optional();

/** Part of a local day in minutes since midnight; a night shift is two windows on two days. */
const windowSchema = z
  .object({ startMinute: minuteOfDay, endMinute: minuteOfDay })
  .refine(({ startMinute, endMinute }) => startMinute < endMinute, {
    message: "A window ends after it starts",
    path: ["endMinute"],
  });
export const ruleSchema = z
  .object({
    isoWeekday: z.int().min(1).max(7),
    startMinute: minuteOfDay,
    endMinute: minuteOfDay,
    validFrom: date.nullable().default(null),
    validTo: date.nullable().default(null),
  })
  .refine(({ startMinute, endMinute }) => startMinute < endMinute, {
    message: "A window ends after it starts",
    path: ["endMinute"],
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    message: "A validity ends on or after the day it starts",
    path: ["validTo"],
  });
export type Rule = z.output<typeof ruleSchema>;

const maxRangeMs = 100 * 86_400_000;
const rangeFields = { from: instant, to: instant };
const inOrder = ({ from, to }: { from: string; to: string }) =>
  from < to && Date.parse(to) - Date.parse(from) <= maxRangeMs;
const inOrderMessage = { message: "`from` must come before `to`, by 100 days at most", path: ["to"] };

export const getInput = z.object({
  providerId: id,
  /** Exceptions and absences from this date on; absent: from a month ago. */
  since: date.optional(),
});
export const openingHoursInput = z.object({ siteId: id, since: date.optional() });
const rules = z.array(ruleSchema).max(200);
/** Ids of the rules the change started from; absent: it replaces whatever is stored. */
const basedOn = ids(200).optional();
export const setRulesInput = z.object({ providerId: id, siteId: id, rules, basedOn });
export const setOpeningHoursInput = z.object({ siteId: id, rules, basedOn });
export const addExceptionInput = z
  .object({
    providerId: id.optional(),
    siteId: id.optional(),
    date,
    /** The last date of the same exception, included. */
    until: date.optional(),
    windows: z.array(windowSchema).max(20).default([]),
    reason,
    /** Exceptions that go as this one comes: an edit, in one piece. */
    replacesIds: ids(400).default([]),
  })
  .refine(
    ({ providerId, siteId }) => providerId !== undefined || siteId !== undefined,
    "Of a provider, a site, or a provider at a site",
  )
  .refine(
    ({ date, until }) =>
      !until || (date <= until && Date.parse(until) - Date.parse(date) <= 366 * 86_400_000),
    {
      message: "`until` follows `date` by a year at most",
      path: ["until"],
    },
  );
export const removeInput = z.object({ id });
export const removeManyInput = z.object({ ids: ids(400).min(1) });
export const addTimeOffInput = z
  .object({
    providerId: id.optional(),
    siteId: id.optional(),
    roomId: id.optional(),
    startsAt: instant,
    endsAt: instant,
    reason,
    /** The absence that goes as this one comes: an edit, in one piece. */
    replacesId: id.optional(),
  })
  .refine(
    ({ providerId, siteId, roomId }) => [providerId, siteId, roomId].filter(Boolean).length === 1,
    "Exactly one of provider, site, room",
  )
  .refine(
    ({ startsAt, endsAt }) =>
      startsAt < endsAt && Date.parse(endsAt) - Date.parse(startsAt) <= 750 * 86_400_000,
    {
      message: "An absence ends after it starts, within two years",
      path: ["endsAt"],
    },
  );

export const openInput = z
  .object({
    ...rangeFields,
    providerIds: ids(500).optional(),
    siteIds: ids(2000).optional(),
  })
  .refine(inOrder, inOrderMessage);
export const explainInput = z
  .object({
    providerId: id,
    siteId: id.optional(),
    serviceId: id.optional(),
    startsAt: instant,
    endsAt: instant.optional(),
    roomId: id.optional(),
    /** The appointment being moved: it does not stand in its own way, and keeps its own buffers. */
    appointmentId: id.optional(),
  })
  .refine(
    ({ startsAt, endsAt }) =>
      endsAt === undefined || (startsAt < endsAt && Date.parse(endsAt) - Date.parse(startsAt) <= 86_400_000),
    {
      message: "It ends after it starts, within 24 hours",
      path: ["endsAt"],
    },
  );
export const slotsInput = z
  .object({ providerId: id, siteId: id.optional(), serviceId: id, ...subjectHint, ...rangeFields })
  .refine(inOrder, inOrderMessage);
export const nearestInput = z.object({
  serviceId: id,
  ...subjectHint,
  siteIds: ids(2000).optional(),
  providerIds: ids(500).optional(),
  /** Absent: now. */
  from: instant.optional(),
  limit: pageSize(50).default(8),
});

/* Answers. */
const span = { startsAt: isoInstant, endsAt: isoInstant };
const windowView = z.object({ startMinute: z.int(), endMinute: z.int() });
export const ruleView = windowView.extend({
  id,
  isoWeekday: z.int(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
});
export const exceptionView = z.object({
  id,
  siteId: id.nullable(),
  providerId: id.nullable(),
  date: z.string(),
  /** None: closed. */
  windows: z.array(windowView),
  reason: z.string().nullable(),
});
export type ExceptionView = z.infer<typeof exceptionView>;
export const timeOffView = z.object({
  id,
  providerId: id.nullable(),
  siteId: id.nullable(),
  roomId: id.nullable(),
  ...span,
  reason: z.string().nullable(),
});
export type TimeOffView = z.infer<typeof timeOffView>;

const siteHoursView = z.object({
  siteId: id,
  name: z.string(),
  timezone: z.string(),
  rules: z.array(ruleView),
});
export const availabilityView = z.object({
  providerId: id,
  canChange: z.boolean(),
  sites: z.array(siteHoursView.extend({ opening: z.array(ruleView) })),
  exceptions: z.array(exceptionView),
  timeOff: z.array(timeOffView),
});
export type AvailabilityView = z.infer<typeof availabilityView>;
export const openingHoursView = siteHoursView.extend({
  canChange: z.boolean(),
  exceptions: z.array(exceptionView),
  /** Of the site and of its rooms. */
  timeOff: z.array(timeOffView),
});
export type OpeningHoursView = z.infer<typeof openingHoursView>;

export const openView = z.object({
  items: z.array(
    z.object({
      providerId: id,
      siteId: id,
      intervals: z.array(z.object(span)),
      timeOff: z.array(
        z.object({ id, ...span, reason: z.string().nullable(), scope: z.enum(["provider", "site"]) }),
      ),
      external: z.array(z.object({ id, ...span, title: z.string().nullable() })),
    }),
  ),
  rooms: z.array(
    z.object({ roomId: id, timeOff: z.array(z.object({ id, ...span, reason: z.string().nullable() })) }),
  ),
});
export type OpenView = z.infer<typeof openView>;

/** Appointments already in a time that is taken away; they stay where they are until somebody moves them. */
const collisions = z.array(appointmentView);
export const collidingView = z.object({ timeOff: timeOffView, collisions });
export const savedAvailabilityView = availabilityView.extend({ collisions });
export const savedOpeningHoursView = openingHoursView.extend({ collisions });
export const addedExceptionsView = z.object({ items: z.array(exceptionView), collisions });
export const explainView = z.object({
  /** Whether a client would be offered this start. */
  offered: z.boolean(),
  /** Whether staff could place an appointment there, without and with a force. */
  allowed: z.boolean(),
  forceable: z.boolean(),
  reasons: z.array(z.looseObject({ code: z.string() })),
});
export const slotsView = z.object({
  timezone: z.string(),
  days: z.array(z.object({ date: z.string(), slots: z.array(z.object(span)) })),
});
export const nearestView = z.object({
  items: z.array(z.object({ providerId: id, siteId: id, timezone: z.string(), ...span })),
});
