"use client";

import type { WaitlistView } from "@creneau/api/waitlist/schema";
import { CircleCheck, History, Hourglass } from "lucide-react";
import { buttonVariants } from "../../components/button.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { Notice } from "../booking/notice.tsx";

/** What has become of a wish while no time is on offer, and where to go from there. */
export function EntryNotice({ entry }: { entry: WaitlistView }) {
  const t = useTranslations("waitlist.entry");
  const locale = useLocale();
  const { state, username, siteSlug, serviceSlug, manageToken } = entry;
  if (state === "booked") {
    return (
      <Notice tone="success" icon={CircleCheck} title={t("booked")}>
        <p className="text-pretty">{t("bookedLead")}</p>
        {manageToken && (
          <a
            href={`/${locale}/manage/${encodeURIComponent(manageToken)}`}
            className={buttonVariants({ size: "large", className: "mt-3" })}
          >
            {t("manage")}
          </a>
        )}
      </Notice>
    );
  }
  if (state === "ended") {
    const query = new URLSearchParams({ site: siteSlug, service: serviceSlug });
    return (
      <Notice icon={History} title={t("ended")}>
        <p className="text-pretty">{t("endedLead")}</p>
        <a
          href={`/${locale}/book/${encodeURIComponent(username)}?${query}`}
          className={buttonVariants({ size: "large", className: "mt-3" })}
        >
          {t("again")}
        </a>
      </Notice>
    );
  }
  return (
    <Notice icon={Hourglass} title={t("waiting")}>
      <p className="text-pretty">{t("waitingLead")}</p>
    </Notice>
  );
}
