import type { NoticeKind } from "./decide-notice.ts";
import { formatWhen } from "./format-when.ts";
import { noticeTexts } from "./notice-texts.ts";
import type { AppointmentFacts, Reader } from "./queries.ts";
import { renderMail } from "./render-mail.ts";

/** The mail that tells `reader` about the appointment, in their language and their zone. */
export function renderNotice({
  kind,
  facts,
  reader,
}: {
  kind: NoticeKind;
  facts: AppointmentFacts;
  reader: Reader;
}): { subject: string; text: string; html: string } {
  const { locale } = reader;
  const texts = noticeTexts[locale];
  const { labels } = texts;
  const times = { startsAt: new Date(facts.state.startsAt), endsAt: new Date(facts.state.endsAt) };
  const when = formatWhen(times, { locale, timezone: reader.timezone });
  const siteTime = formatWhen(times, { locale, timezone: facts.siteTimezone });
  const isElsewhere = facts.state.locationKind === "in_person" && facts.siteTimezone !== reader.timezone;
  const rows: [string, string | null][] = [
    [labels.when, when],
    [labels.siteTime, isElsewhere ? siteTime : null],
    [labels.service, facts.serviceName],
    [labels.with, facts.providerName],
    [labels.where, describePlace(facts, texts)],
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
      closing: contact,
    }),
  };
}

function describePlace(facts: AppointmentFacts, texts: (typeof noticeTexts)["fr"]): string {
  const { locationKind, locationDetail } = facts.state;
  if (locationKind === "in_person") {
    return locationDetail ?? [facts.siteName, facts.siteAddress].filter(Boolean).join(", ");
  }
  const means = locationKind === "video" ? texts.video : texts.byPhone;
  return locationDetail ? `${means} (${locationDetail})` : means;
}
