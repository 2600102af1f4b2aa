"use client";

import { Stethoscope } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "../../components/badge.tsx";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useSiteNames } from "../directory/use-site-names.ts";
import { ListRows } from "../settings/list-rows.tsx";
import { ListTools } from "../settings/list-tools.tsx";
import { NewLink } from "../settings/new-link.tsx";
import { byPages, useListState } from "../settings/use-list-state.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";
import type { Provider } from "./provider-values.ts";

/** Skills a row names before it counts the rest. */
const skillsShown = 3;

/** Those whose time is booked. */
export function ProvidersScreen() {
  const t = useTranslations("providers");
  const { mayChange } = useSettingsRights();
  const state = useListState();
  const query = trpc.directory.providers.list.useInfiniteQuery(state.input, byPages);
  const siteNames = useSiteNames(
    query.data?.pages.flatMap((page) => page.items.flatMap(({ siteIds }) => siteIds[0] ?? [])) ?? [],
  );
  const add = mayChange && <NewLink href="/settings/providers/new" label={t("new")} />;

  function sitesOf({ siteIds }: Provider): string {
    const first = siteNames.get(siteIds[0] ?? "");
    if (siteIds.length === 0) return t("noSite");
    return first && siteIds.length > 1 ? t("andOthers", { first, count: siteIds.length - 1 }) : (first ?? "");
  }

  return (
    <Page title={t("title")} lead={t("lead")} actions={add}>
      <ListTools state={state} label={t("search")} />
      <ListRows
        query={query}
        search={state.search}
        path="/settings/providers"
        headings={
          <>
            <span className="flex-1">{t("columns.name")}</span>
            <span className="w-48">{t("columns.sites")}</span>
            <span className="w-40">{t("columns.skills")}</span>
            <span className="w-20 text-right">{t("columns.services")}</span>
          </>
        }
        empty={{
          icon: Stethoscope,
          title: t("empty.title"),
          description: t("empty.description"),
          action: add,
        }}
      >
        {(provider) => (
          <>
            <span className="flex min-w-0 flex-1 items-center gap-3">
              <span
                aria-hidden
                className="size-3 shrink-0 rounded-full ring-1 ring-black/10 ring-inset"
                style={{ background: provider.colour }}
              />
              <span className="min-w-0">
                <span className="block truncate font-medium">{provider.name}</span>
                <span className="block truncate text-muted-foreground text-xs">
                  <span className="md:hidden">
                    {[provider.title, sitesOf(provider)].filter(Boolean).join(" · ")}
                  </span>
                  <span className="hidden md:inline">{provider.title}</span>
                </span>
              </span>
            </span>
            <span className="hidden w-48 truncate md:block">{sitesOf(provider)}</span>
            <span className="hidden w-40 flex-wrap gap-1 md:flex">
              {provider.skills.slice(0, skillsShown).map((skill) => (
                <Badge key={skill} className="max-w-full truncate">
                  {skill}
                </Badge>
              ))}
              {provider.skills.length > skillsShown && (
                <Badge>{t("moreSkills", { count: provider.skills.length - skillsShown })}</Badge>
              )}
            </span>
            <span className="tabular hidden w-20 text-right md:block">
              <span aria-hidden>{provider.serviceIds.length}</span>
              <span className="sr-only">{t("serviceCount", { count: provider.serviceIds.length })}</span>
            </span>
          </>
        )}
      </ListRows>
    </Page>
  );
}
