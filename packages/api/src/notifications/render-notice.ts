import { formatWhen } from "../messages/format-when.ts";
import { renderMail } from "../messages/render-mail.ts";
import { sayGreeting, sayText } from "../messages/say-text.ts";
import type { ClientLinks } from "./client-links.ts";
import type { NoticeKind } from "./decide-notice.ts";
import { describePlace } from "./describe-place.ts";
import type { AppointmentFacts, Reader } from "./queries.ts";

/** The mail that tells `reader` about the appointment, in their language and by the clock they go by. */
export function renderNotice({
  appointmentId,
  kind,
  facts,
  reader,
  links,
}: {
  appointmentId: string;
  kind: NoticeKind;
  facts: AppointmentFacts;
  reader: Reader;
  /** The client's own; null for anybody else. */
  links: ClientLinks | null;
}): { subject: string; text: string; html: string } {
  const { locale } = reader;
  const label = (name: "when" | "service" | "with" | "where") => sayText(locale, `notice.labels.${name}`);
  const times = { startsAt: new Date(facts.state.startsAt), endsAt: new Date(facts.state.endsAt) };
  const when = formatWhen(times, { locale, timezone: reader.timezone });
  const rows: [string, string | null][] = [
    [label("when"), when],
    [label("service"), facts.serviceName],
    [label("with"), facts.providerName],
    [label("where"), describePlace(facts, locale)],
  ];
  const isWaited = facts.heldBackGuests > 0 && kind !== "cancelled";
  const guestsLink = isWaited && links?.portal ? `${links.portal}#${appointmentId}` : null;
  const { organizationName: organization, phone } = facts;
  const contact = phone
    ? sayText(locale, "notice.contact.phone", { organization, phone })
    : sayText(locale, "notice.contact.plain", { organization });
  return {
    subject: sayText(locale, `notice.subject.${kind}`, { when }),
    ...renderMail({
      locale,
      sender: facts.organizationName,
      paragraphs: [
        sayGreeting(locale, reader.name),
        sayText(locale, `notice.opening.${kind}`),
        ...(guestsLink ? [sayText(locale, "notice.guests")] : []),
      ],
      rows: rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
      ...(links?.manage && { action: { label: sayText(locale, "notice.manage"), url: links.manage } }),
      ...(links?.portal && {
        links: [
          ...(guestsLink ? [{ label: sayText(locale, "notice.tellGuests"), url: guestsLink }] : []),
          { label: sayText(locale, "notice.portal"), url: links.portal },
        ],
      }),
      closing: contact,
    }),
  };
}
