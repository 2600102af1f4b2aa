"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { buttonVariants } from "../../components/button.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { NotAllowed } from "../directory/query-state.tsx";
import { ArchivePanel } from "../settings/archive-panel.tsx";
import { DetailOf, DetailPage } from "../settings/detail-page.tsx";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useSettingsRights } from "../settings/use-settings-rights.ts";
import { ProviderForm } from "./provider-form.tsx";
import type { Provider } from "./provider-values.ts";

/** A provider who does not exist yet. */
export function NewProviderScreen() {
  const t = useTranslations("providers");
  const { mayChange } = useSettingsRights();
  if (!mayChange) return <NotAllowed />;
  return (
    <DetailPage
      title={t("newTitle")}
      lead={t("newLead")}
      list={{ href: "/settings/providers", name: t("title") }}
    >
      <ProviderForm provider={null} canChange />
    </DetailPage>
  );
}

/** One provider: who, where, what they offer and how bookings reach them. */
export function ProviderScreen({ id }: { id: string }) {
  const t = useTranslations("providers");
  const { mayChange } = useSettingsRights();
  const query = trpc.directory.providers.list.useQuery({ ids: [id], includeArchived: mayChange });
  return (
    <DetailOf query={query} list={{ href: "/settings/providers", name: t("title") }}>
      {(provider) => <ProviderDetails provider={provider} />}
    </DetailOf>
  );
}

function ProviderDetails({ provider }: { provider: Provider }) {
  const t = useTranslations("providers");
  const { mayChange } = useSettingsRights();
  const refresh = useDirectoryRefresh();
  const archive = trpc.directory.providers.archive.useMutation({
    onSuccess: ({ archivedAt }) => {
      toast.success(archivedAt ? t("archived") : t("restored"));
      void refresh();
    },
  });
  const isArchived = provider.archivedAt !== null;
  return (
    <DetailPage
      title={provider.name}
      list={{ href: "/settings/providers", name: t("title") }}
      isArchived={isArchived}
      readOnlyReason={mayChange ? undefined : t("readOnly")}
      actions={
        !isArchived && (
          <Link
            href={`/dashboard/availability?provider=${provider.id}`}
            className={buttonVariants({ variant: "secondary", className: "max-sm:h-11" })}
          >
            <Clock aria-hidden />
            {t("hours")}
          </Link>
        )
      }
    >
      <ProviderForm provider={provider} canChange={mayChange && !isArchived} />
      {mayChange && (
        <ArchivePanel
          name={provider.name}
          isArchived={isArchived}
          consequence={t("archiveConsequence")}
          appointmentsHref={`/dashboard/appointments?provider=${provider.id}`}
          mutation={{ ...archive, mutate: ({ archived }) => archive.mutate({ id: provider.id, archived }) }}
        />
      )}
    </DetailPage>
  );
}
