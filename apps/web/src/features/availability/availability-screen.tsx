"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { type OpenEdit, useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useLiveDirectory } from "../directory/use-live-directory.ts";
import { HoursBar } from "./hours-bar.tsx";
import { HoursWorkspace } from "./hours-workspace.tsx";
import { useHoursChoice } from "./use-hours-choice.ts";

/** Hours, exceptions and absences of a provider at a site, or of the site, with the slots that come of them. */
export function AvailabilityScreen() {
  const t = useTranslations("availability");
  useLiveDirectory();
  const choice = useHoursChoice();
  const { directory, site, provider } = choice;
  const [edit, setEdit] = useState<OpenEdit | null>(null);
  const guard = useLeaveGuard(edit, t("unsaved"));
  return (
    <Page title={t("title")} lead={site ? t("zone", { site: site.name, zone: site.timezone }) : undefined}>
      {directory.isPending && <RowsSkeleton />}
      {directory.isError && <LoadFailure onRetry={directory.refetch} />}
      {!directory.isPending && !directory.isError && !site && (
        <EmptyState icon={Clock} title={t("noSite.title")} description={t("noSite.description")} />
      )}
      {site && (
        <>
          <HoursBar choice={choice} leave={guard.leave} />
          <HoursWorkspace
            key={`${site.id} ${provider?.id}`}
            site={site}
            provider={provider}
            directory={directory}
            onEdit={setEdit}
          />
        </>
      )}
      {guard.dialog}
    </Page>
  );
}
