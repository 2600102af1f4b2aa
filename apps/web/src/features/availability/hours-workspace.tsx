"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import type { Directory, Provider, Site } from "../directory/use-directory.ts";
import type { OpenEdit } from "../directory/use-leave-guard.tsx";
import { mondayOf, monthStart, todayIn } from "../time/calendar-period.ts";
import { plusDays } from "../time/wall-time.ts";
import { HoursEditor } from "./hours-editor.tsx";

type HoursWorkspaceProps = {
  site: Site;
  /** Absent: the site's own hours. */
  provider: Provider | undefined;
  directory: Directory;
  onEdit: (edit: OpenEdit | null) => void;
};

/** How long ago dated changes are read without being asked for, as the server does. */
const pastDays = 30;

/** Reads the hours of one provider or site, and shows them once they are there. */
export function HoursWorkspace({ site, provider, directory, onEdit }: HoursWorkspaceProps) {
  const t = useTranslations("availability");
  const [today] = useState(() => todayIn(site.timezone, new Date()));
  const [selection, setSelection] = useState({ anchor: today, head: today });
  const firstShown = mondayOf(monthStart(selection.head));
  const since = firstShown < plusDays(today, -pastDays) ? firstShown : undefined;
  const options = { placeholderData: <Data,>(previous: Data | undefined) => previous };
  const siteHours = trpc.availability.openingHours.useQuery({ siteId: site.id, since }, options);
  const ofProvider = trpc.availability.get.useQuery(
    { providerId: provider?.id ?? "", since },
    { ...options, enabled: provider !== undefined },
  );
  const isFailed = (siteHours.isError && !siteHours.data) || (ofProvider.isError && !ofProvider.data);
  if (isFailed) {
    return (
      <LoadFailure
        onRetry={() => {
          void siteHours.refetch();
          if (provider) void ofProvider.refetch();
        }}
      />
    );
  }
  if (!siteHours.data || (provider && !ofProvider.data)) return <RowsSkeleton rows={7} />;
  const canChange = provider ? ofProvider.data?.canChange === true : siteHours.data.canChange;
  return (
    <>
      {!canChange && (
        <Badge className="self-start">
          <Lock aria-hidden />
          {t("readOnly")}
        </Badge>
      )}
      <HoursEditor
        siteHours={siteHours.data}
        availability={provider ? ofProvider.data : undefined}
        provider={provider}
        directory={directory}
        canChange={canChange}
        today={today}
        selection={selection}
        onSelect={setSelection}
        onEdit={onEdit}
      />
    </>
  );
}
