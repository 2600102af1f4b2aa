"use client";

import { Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { trpc } from "../../trpc/react.ts";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { LoadFailure, NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Entry } from "./entry.ts";
import { RemoveDialog } from "./remove-dialog.tsx";
import { WaitlistCards } from "./waitlist-cards.tsx";
import { WaitlistTable } from "./waitlist-table.tsx";

const pageSize = 50;
const freshMilliseconds = 30_000;

/** Who waits for a place: what they wish, since when, and what is on offer to them. */
export function WaitlistScreen() {
  const { permissions } = useViewer();
  return permissions.includes("clients.view") ? <Waitlist /> : <NotAllowed />;
}

function Waitlist() {
  const t = useTranslations("waitlistStaff");
  const staff = useTranslations("staff");
  const url = useUrlState();
  const siteId = url.get("site") ?? "";
  const includeEnded = url.get("ended") === "1";
  const [leaving, setLeaving] = useState<Entry | null>(null);
  const isNarrow = useIsNarrow();
  const directory = useDirectory({ siteIds: [siteId], within: [siteId] });
  const hasSites = directory.isPart || directory.sites.length > 1;
  const list = trpc.waitlist.list.useInfiniteQuery(
    { siteIds: siteId ? [siteId] : undefined, includeEnded, limit: pageSize },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (previous) => previous,
      staleTime: 0,
      refetchInterval: freshMilliseconds,
    },
  );
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  const Rows = isNarrow ? WaitlistCards : WaitlistTable;

  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {hasSites && (
          <DirectorySelect
            kind="sites"
            aria-label={staff("site")}
            value={siteId}
            items={directory.sites}
            emptyLabel={staff("allSites")}
            onChange={(id) => url.update({ site: id })}
          />
        )}
        <Checkbox
          className="max-sm:min-h-11 max-sm:items-center"
          label={t("showEnded")}
          checked={includeEnded}
          onChange={({ target }) => url.update({ ended: target.checked ? "1" : null })}
        />
      </div>
      {list.isPending && <RowsSkeleton />}
      {list.isError && !list.data && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && entries.length === 0 && (
        <EmptyState icon={Hourglass} title={t("empty.title")} description={t("empty.description")} />
      )}
      {entries.length > 0 && (
        <>
          <p role="status" className="tabular -mb-2 text-muted-foreground text-xs">
            {list.hasNextPage
              ? t("countMore", { count: entries.length })
              : t("count", { count: entries.length })}
          </p>
          <Rows
            entries={entries}
            showsSite={hasSites && !siteId}
            isStale={list.isPlaceholderData}
            onRemove={setLeaving}
          />
        </>
      )}
      {list.hasNextPage && (
        <Button
          variant="secondary"
          className="self-center"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {staff("loadMore")}
        </Button>
      )}
      {leaving && <RemoveDialog entry={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}
