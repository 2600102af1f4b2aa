"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { NotAllowed } from "../directory/query-state.tsx";
import { ArchivePanel } from "../settings/archive-panel.tsx";
import { DetailOf, DetailPage } from "../settings/detail-page.tsx";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";
import { RoomsPanel } from "./rooms-panel.tsx";
import { SiteForm } from "./site-form.tsx";
import { SiteHours } from "./site-hours.tsx";
import type { Site } from "./site-values.ts";

/** A site that does not exist yet. */
export function NewSiteScreen() {
  const t = useTranslations("sites");
  const { mayChangeAll } = useSettingsRights();
  if (!mayChangeAll) return <NotAllowed />;
  return (
    <DetailPage
      title={t("newTitle")}
      lead={t("newLead")}
      list={{ href: "/settings/sites", name: t("title") }}
    >
      <SiteForm site={null} canChange />
    </DetailPage>
  );
}

/** One site: where it is, how much it holds, its rooms and its hours. */
export function SiteScreen({ id }: { id: string }) {
  const t = useTranslations("sites");
  const { mayChange } = useSettingsRights();
  const query = trpc.directory.sites.list.useQuery({ ids: [id], includeArchived: mayChange });
  return (
    <DetailOf query={query} list={{ href: "/settings/sites", name: t("title") }}>
      {(site) => <SiteDetails site={site} />}
    </DetailOf>
  );
}

function SiteDetails({ site }: { site: Site }) {
  const t = useTranslations("sites");
  const { mayChange } = useSettingsRights();
  const refresh = useDirectoryRefresh();
  const archive = trpc.directory.sites.archive.useMutation({
    onSuccess: ({ archivedAt }) => {
      toast.success(archivedAt ? t("archived") : t("restored"));
      void refresh();
    },
  });
  const isArchived = site.archivedAt !== null;
  return (
    <DetailPage
      title={site.name}
      list={{ href: "/settings/sites", name: t("title") }}
      isArchived={isArchived}
      readOnlyReason={mayChange ? undefined : t("readOnly")}
    >
      <SiteForm site={site} canChange={mayChange && !isArchived} />
      {!isArchived && <SiteHours site={site} />}
      {!isArchived && <RoomsPanel siteId={site.id} canChange={mayChange} />}
      {mayChange && (
        <ArchivePanel
          name={site.name}
          isArchived={isArchived}
          consequence={t("archiveConsequence")}
          appointmentsHref={`/dashboard/appointments?site=${site.id}`}
          mutation={{ ...archive, mutate: ({ archived }) => archive.mutate({ id: site.id, archived }) }}
        />
      )}
    </DetailPage>
  );
}
