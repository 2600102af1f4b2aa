import type { ClientLinks } from "./client-links.ts";
import type { NoticeKind } from "./decide-notice.ts";
import { describePlace } from "./describe-place.ts";
import { formatWhen } from "./format-when.ts";
import { noticeTexts } from "./notice-texts.ts";
import type { AppointmentFacts, Reader } from "./queries.ts";
import { renderMail } from "./render-mail.ts";

/** The mail that tells `reader` about the appointment, in their language and by the clock they go by. */
export function renderNotice({
  kind,
  facts,
  reader,
  links,
}: {
  kind: NoticeKind;
  facts: AppointmentFacts;
  reader: Reader;
  /** The client's own; null for anybody else. */
  links: ClientLinks | null;
}): { subject: string; text: string; html: string } {
  const { locale } = reader;
  const texts = noticeTexts[locale];
  const { labels } = texts;
  const times = { startsAt: new Date(facts.state.startsAt), endsAt: new Date(facts.state.endsAt) };
  const when = formatWhen(times, { locale, timezone: reader.timezone });
  const rows: [string, string | null][] = [
    [labels.when, when],
    [labels.service, facts.serviceName],
    [labels.with, facts.providerName],
    [labels.where, describePlace(facts, locale)],
  ];
  const contact = texts.contact
    .replace("{organization}", () => facts.organizationName)
    .replace("{phone}", () => (facts.phone ? ` (${facts.phone})` : ""));
  return {
    subject: texts.subject[kind].replace("{when}", () => when),
    ...renderMail({
      locale,
      sender: facts.organizationName,
      paragraphs: [
        texts.greeting.replace("{name}", () => reader.name).replace(" ,", ","),
        texts.opening[kind],
      ],
      rows: rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
      ...(links?.manage && { action: { label: texts.manage, url: links.manage } }),
      ...(links?.portal && { links: [{ label: texts.portal, url: links.portal }] }),
      closing: contact,
    }),
  };
}
