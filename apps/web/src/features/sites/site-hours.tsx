"use client";

import { Clock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { formatClock } from "../../components/time-input.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import type { Site } from "./site-values.ts";

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The usual week of a site. It is changed in the editor of hours, where holidays and closures are as well. */
export function SiteHours({ site }: { site: Site }) {
  const t = useTranslations("sites.hours");
  const query = trpc.availability.openingHours.useQuery({ siteId: site.id });
  const hours = query.data;
  const rules = hours?.rules.filter(({ validFrom, validTo }) => validFrom === null && validTo === null) ?? [];
  const datedCount = (hours?.rules.length ?? 0) - rules.length;
  return (
    <Panel
      title={t("title")}
      description={t("description", { zone: site.timezone })}
      actions={
        <Link
          href={`/dashboard/availability?hours=site&site=${site.id}`}
          className={buttonVariants({ variant: "secondary", className: "max-sm:h-11" })}
        >
          <Clock aria-hidden />
          {hours?.canChange ? t("change") : t("see")}
        </Link>
      }
    >
      {query.isPending && <Skeleton className="h-40 w-full" />}
      {query.isError && <p className="text-muted-foreground">{t("failed")}</p>}
      {hours && hours.rules.length === 0 && (
        <p className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          {t("none")}
        </p>
      )}
      {hours && hours.rules.length > 0 && (
        <dl className="grid gap-x-8 sm:grid-cols-2">
          {weekdays.map((isoWeekday) => {
            const windows = rules.filter((rule) => rule.isoWeekday === isoWeekday);
            return (
              <div key={isoWeekday} className="flex justify-between gap-3 border-b py-1.5 last:border-b-0">
                <dt>{t(`weekdays.${isoWeekday}`)}</dt>
                <dd className={windows.length > 0 ? "tabular text-right" : "text-muted-foreground"}>
                  {windows.length > 0
                    ? windows
                        .map(
                          ({ startMinute, endMinute }) =>
                            `${formatClock(startMinute)}–${formatClock(endMinute)}`,
                        )
                        .join(", ")
                    : t("closed")}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {datedCount > 0 && (
        <p className="mt-2 text-muted-foreground text-xs">{t("dated", { count: datedCount })}</p>
      )}
    </Panel>
  );
}
