"use client";

import { EyeOff, ListChecks, MapPin, Phone, Video } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "../../components/badge.tsx";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { price } from "../booking/price.ts";
import { ListRows } from "../settings/list-rows.tsx";
import { ListTools } from "../settings/list-tools.tsx";
import { NewLink } from "../settings/new-link.tsx";
import { byPages, useListState } from "../settings/use-list-state.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";

const placeIcons = { in_person: MapPin, video: Video, phone: Phone };

/** What can be booked. */
export function ServicesScreen() {
  const t = useTranslations("services");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const { mayChangeAll } = useSettingsRights();
  const state = useListState();
  const query = trpc.directory.services.list.useInfiniteQuery(state.input, byPages);
  const add = mayChangeAll && <NewLink href="/settings/services/new" label={t("new")} />;
  return (
    <Page title={t("title")} lead={t("lead")} actions={add}>
      <ListTools state={state} label={t("search")} />
      <ListRows
        query={query}
        search={state.search}
        path="/settings/services"
        headings={
          <>
            <span className="flex-1">{t("columns.name")}</span>
            <span className="w-32">{t("columns.place")}</span>
            <span className="w-16 text-right">{t("columns.duration")}</span>
            <span className="w-20 text-right">{t("columns.price")}</span>
            <span className="w-20 text-right">{t("columns.providers")}</span>
          </>
        }
        empty={{
          icon: ListChecks,
          title: t("empty.title"),
          description: t("empty.description"),
          action: add,
        }}
      >
        {(service) => {
          const Icon = placeIcons[service.locationKind];
          const amount =
            service.priceCents === null
              ? ""
              : price(service.priceCents, { currency: service.currency, locale });
          const duration = staff("minutes", { count: service.durationMinutes });
          return (
            <>
              <span className="flex min-w-0 flex-1 items-center gap-3">
                <span
                  aria-hidden
                  className="size-3 shrink-0 rounded-full border border-border-strong"
                  style={service.colour ? { background: service.colour, borderColor: "transparent" } : {}}
                />
                <span className="min-w-0">
                  <span className="flex items-center gap-2">
                    <span className="truncate font-medium">{service.name}</span>
                    {!service.isPublic && (
                      <Badge className="shrink-0">
                        <EyeOff aria-hidden />
                        {t("internal")}
                      </Badge>
                    )}
                    {service.needsApproval && (
                      <Badge className="hidden shrink-0 sm:inline-flex">{t("approval")}</Badge>
                    )}
                  </span>
                  <span className="block truncate text-muted-foreground text-xs">
                    <span className="md:hidden">
                      {[duration, amount, staff(`places.${service.locationKind}`)]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                    <span className="hidden md:inline">
                      {service.overrides.length > 0
                        ? t("overrideCount", { count: service.overrides.length })
                        : service.description}
                    </span>
                  </span>
                </span>
              </span>
              <span className="hidden w-32 items-center gap-1.5 text-muted-foreground md:flex">
                <Icon aria-hidden className="size-3.5 shrink-0" />
                <span className="truncate">{staff(`places.${service.locationKind}`)}</span>
              </span>
              <span className="tabular hidden w-16 text-right md:block">{duration}</span>
              <span className="tabular hidden w-20 text-right md:block">
                {amount || <span className="text-muted-foreground">–</span>}
              </span>
              <span className="tabular hidden w-20 text-right md:block">
                <span aria-hidden>{service.providerIds.length}</span>
                <span className="sr-only">{t("providerCount", { count: service.providerIds.length })}</span>
              </span>
            </>
          );
        }}
      </ListRows>
    </Page>
  );
}
