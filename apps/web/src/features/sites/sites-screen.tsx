"use client";

import { DoorOpen, MapPin, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { ListRows } from "../settings/list-rows.tsx";
import { ListTools } from "../settings/list-tools.tsx";
import { NewLink } from "../settings/new-link.tsx";
import { byPages, useListState } from "../settings/use-list-state.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** The sites of the organization, found by the server: two thousand are as quick as two. */
export function SitesScreen() {
  const t = useTranslations("sites");
  const { mayChangeAll, coversEverySite } = useSettingsRights();
  const { organization } = useViewer();
  const state = useListState();
  const query = trpc.directory.sites.list.useInfiniteQuery(state.input, byPages);
  const add = mayChangeAll && <NewLink href="/settings/sites/new" label={t("new")} />;
  return (
    <Page title={t("title")} lead={coversEverySite ? t("lead") : t("leadLimited")} actions={add}>
      <ListTools state={state} label={t("search")} />
      <ListRows
        query={query}
        search={state.search}
        path="/settings/sites"
        headings={
          <>
            <span className="flex-1">{t("columns.name")}</span>
            <span className="w-56">{t("columns.place")}</span>
            <span className="w-20 text-right">{t("columns.rooms")}</span>
            <span className="w-20 text-right">{t("columns.providers")}</span>
          </>
        }
        empty={{
          icon: MapPin,
          title: t("empty.title"),
          description: t("empty.description"),
          action: add,
        }}
      >
        {(site) => (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{site.name}</span>
              <span className="block truncate text-muted-foreground text-xs md:hidden">
                {[site.postalCode, site.city].filter(Boolean).join(" ") || site.address || site.slug}
              </span>
              {site.timezone !== organization.timezone && (
                <span className="block truncate text-muted-foreground text-xs">{site.timezone}</span>
              )}
            </span>
            <span className="hidden w-56 min-w-0 md:block">
              <span className="block truncate">{site.address}</span>
              <span className="block truncate text-muted-foreground text-xs">
                {[site.postalCode, site.city].filter(Boolean).join(" ")}
              </span>
            </span>
            <Count icon={DoorOpen} count={site.roomCount} words={t("roomCount", { count: site.roomCount })} />
            <Count
              icon={Users}
              count={site.providerCount}
              words={t("providerCount", { count: site.providerCount })}
            />
          </>
        )}
      </ListRows>
    </Page>
  );
}

function Count({ icon: Icon, count, words }: { icon: typeof Users; count: number; words: string }) {
  return (
    <span className="tabular inline-flex shrink-0 items-center gap-1 md:w-20 md:justify-end" title={words}>
      <Icon aria-hidden className="size-3.5 text-muted-foreground md:hidden" />
      <span aria-hidden>{count}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
