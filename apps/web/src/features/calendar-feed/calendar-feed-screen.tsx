"use client";

import { CalendarX } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page, Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { FeedControls } from "./feed-controls.tsx";
import { FeedInstructions } from "./feed-instructions.tsx";
import { FeedLimits } from "./feed-limits.tsx";

/** Private calendar links: one's own, for administrators those of every provider, and how a calendar follows them. */
export function CalendarFeedScreen() {
  const t = useTranslations("calendarFeed");
  const feeds = trpc.calendarFeed.list.useQuery();
  const own = feeds.data?.items.find(({ isOwn }) => isOwn);
  const others = feeds.data?.items.filter(({ isOwn }) => !isOwn) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      {feeds.isPending && <RowsSkeleton rows={3} />}
      {feeds.isError && <LoadFailure onRetry={() => void feeds.refetch()} />}
      {feeds.data && (
        <>
          {own ? (
            <Panel title={t("own.title")} description={t("own.lead")}>
              <FeedControls feed={own} />
            </Panel>
          ) : (
            others.length === 0 && (
              <Panel>
                <EmptyState icon={CalendarX} title={t("none.title")} description={t("none.lead")} />
              </Panel>
            )
          )}
          {others.length > 0 && (
            <Panel title={t("all.title")} description={t("all.lead")}>
              <ul className="divide-y">
                {others.map((feed) => (
                  <li key={feed.providerId} className="py-2.5">
                    <FeedControls feed={feed} isNamed />
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          {feeds.data.items.length > 0 && (
            <>
              <FeedInstructions />
              <FeedLimits />
            </>
          )}
        </>
      )}
    </Page>
  );
}
