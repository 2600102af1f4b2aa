"use client";

import { useTranslations } from "next-intl";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { OrganizationForm } from "./organization-form.tsx";

/** The settings that the whole organization shares. The settings' frame lets in only who may change them. */
export function OrganizationScreen() {
  const t = useTranslations("organization");
  // Read again only when it changes: what is typed into the form meanwhile is kept.
  const query = trpc.directory.organization.get.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      {query.isPending && <RowsSkeleton rows={6} />}
      {query.isError && <LoadFailure onRetry={() => void query.refetch()} />}
      {query.data && <OrganizationForm organization={query.data} />}
    </Page>
  );
}
