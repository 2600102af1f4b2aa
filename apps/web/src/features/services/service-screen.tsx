"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { NotAllowed } from "../directory/query-state.tsx";
import { ArchivePanel } from "../settings/archive-panel.tsx";
import { DetailOf, DetailPage } from "../settings/detail-page.tsx";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";
import { ServiceForm } from "./service-form.tsx";
import type { Service } from "./service-values.ts";

/** A service that does not exist yet. */
export function NewServiceScreen() {
  const t = useTranslations("services");
  const { mayChangeAll } = useSettingsRights();
  if (!mayChangeAll) return <NotAllowed />;
  return (
    <DetailPage
      title={t("newTitle")}
      lead={t("newLead")}
      list={{ href: "/settings/services", name: t("title") }}
    >
      <ServiceForm service={null} canChange />
    </DetailPage>
  );
}

/** One service: what it is, what it takes and when it can be booked. */
export function ServiceScreen({ id }: { id: string }) {
  const t = useTranslations("services");
  const { mayChange } = useSettingsRights();
  const query = trpc.directory.services.list.useQuery({ ids: [id], includeArchived: mayChange });
  return (
    <DetailOf query={query} list={{ href: "/settings/services", name: t("title") }}>
      {(service) => <ServiceDetails service={service} />}
    </DetailOf>
  );
}

function ServiceDetails({ service }: { service: Service }) {
  const t = useTranslations("services");
  const { mayChange, mayChangeAll } = useSettingsRights();
  const refresh = useDirectoryRefresh();
  const archive = trpc.directory.services.archive.useMutation({
    onSuccess: ({ archivedAt }) => {
      toast.success(archivedAt ? t("archived") : t("restored"));
      void refresh();
    },
  });
  const isArchived = service.archivedAt !== null;
  const reason = mayChange ? t("readOnlyLimited") : t("readOnly");
  return (
    <DetailPage
      title={service.name}
      list={{ href: "/settings/services", name: t("title") }}
      isArchived={isArchived}
      readOnlyReason={mayChangeAll ? undefined : reason}
    >
      <ServiceForm service={service} canChange={mayChangeAll && !isArchived} />
      {mayChangeAll && (
        <ArchivePanel
          name={service.name}
          isArchived={isArchived}
          consequence={t("archiveConsequence")}
          appointmentsHref={`/dashboard/appointments?service=${service.id}`}
          mutation={{ ...archive, mutate: ({ archived }) => archive.mutate({ id: service.id, archived }) }}
        />
      )}
    </DetailPage>
  );
}
