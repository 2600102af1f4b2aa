import { calendarText } from "../calendar-files/calendar-text.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { describePlace } from "./describe-place.ts";
import type { AppointmentFacts, Reader } from "./queries.ts";

/**
 * The appointment as the reader's calendar takes it in: put there or brought up to date by its version, or taken out.
 * It says no more than the mail does. `sender`: the address the mail comes from, without which calendars distrust it.
 */
export function noticeCalendar({
  appointmentId,
  facts,
  reader,
  sender,
}: {
  appointmentId: string;
  facts: AppointmentFacts;
  reader: Reader;
  sender: string;
}): NonNullable<Mail["calendar"]> {
  const { state } = facts;
  const method = state.status === "cancelled" ? "CANCEL" : "REQUEST";
  const status = { pending: "TENTATIVE", confirmed: "CONFIRMED", cancelled: "CANCELLED" } as const;
  const event = {
    id: appointmentId,
    version: facts.version,
    status: status[state.status],
    startsAt: new Date(state.startsAt),
    endsAt: new Date(state.endsAt),
    changedAt: facts.changedAt,
    zone: reader.timezone,
    title: [facts.serviceName, facts.providerName].filter(Boolean).join(" – "),
    location: describePlace(facts, reader.locale),
  };
  const organizer = { name: facts.organizationName, email: sender };
  const attendee = { name: reader.name, email: reader.email };
  return { method, text: calendarText([event], { message: { method, organizer, attendee } }) };
}
