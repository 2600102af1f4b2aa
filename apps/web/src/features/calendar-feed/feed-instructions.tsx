"use client";

import { useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";

const calendars = ["google", "outlook", "apple"] as const;
const steps = ["one", "two", "three"] as const;

/** How each of the large calendars follows an address. */
export function FeedInstructions() {
  const t = useTranslations("calendarFeed.how");
  return (
    <Panel title={t("title")}>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-3">
        {calendars.map((calendar) => (
          <section key={calendar} aria-labelledby={`feed-${calendar}`}>
            <h3 id={`feed-${calendar}`} className="mb-1.5 font-medium">
              {t(calendar)}
            </h3>
            <ol className="flex list-decimal flex-col gap-1.5 pl-4 text-muted-foreground marker:text-foreground">
              {steps.map((step) => (
                <li key={step}>{t(`${calendar}Steps.${step}`)}</li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </Panel>
  );
}
