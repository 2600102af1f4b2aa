"use client";

import { ArrowLeft, FileQuestion, Info } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "../../components/badge.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Page } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";

type DetailPageProps = {
  title: string;
  lead?: string;
  actions?: ReactNode;
  /** The list this page belongs to. */
  list: { href: string; name: string };
  isArchived?: boolean;
  /** Why nothing here can be changed; absent when it can. */
  readOnlyReason?: string | undefined;
  children: ReactNode;
};

/** The page of one row of the directory, with the way back to its list as it was left. */
export function DetailPage({
  title,
  lead,
  actions,
  list,
  isArchived = false,
  readOnlyReason,
  children,
}: DetailPageProps) {
  const t = useTranslations("settings");
  const staff = useTranslations("staff");
  const parameters = useSearchParams().toString();
  return (
    <Page title={title} {...(lead && { lead })} width="narrow" actions={actions}>
      <div className="-mt-2 flex flex-wrap items-center gap-3">
        <Link
          href={`${list.href}${parameters && `?${parameters}`}`}
          className="inline-flex items-center gap-1.5 text-muted-foreground hover:text-foreground max-sm:min-h-11"
        >
          <ArrowLeft aria-hidden className="size-4" />
          {list.name}
        </Link>
        {isArchived && <Badge>{staff("archived")}</Badge>}
      </div>
      {readOnlyReason && (
        <p className="flex items-start gap-2 rounded-lg border bg-muted/60 px-3 py-2">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
          <span>
            <strong className="font-medium">{t("readOnly")}</strong> {readOnlyReason}
          </span>
        </p>
      )}
      {children}
    </Page>
  );
}

type DetailQuery<Item> = {
  data: { items: Item[] } | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
};

/** The row a page is about once it is there; until then, and when there is none, what can be said. */
export function DetailOf<Item>({
  query,
  list,
  children,
}: {
  query: DetailQuery<Item>;
  list: { href: string; name: string };
  children: (item: Item) => ReactNode;
}) {
  const t = useTranslations("settings");
  const item = query.data?.items[0];
  if (item) return children(item);
  // What is no id at all is nobody's either.
  if (query.data || (query.isError && errorCode(query.error) === "invalid_input")) {
    return (
      <EmptyPage
        icon={FileQuestion}
        title={t("gone.title")}
        description={t("gone.description")}
        action={
          <Link href={list.href} className="underline underline-offset-2">
            {list.name}
          </Link>
        }
      />
    );
  }
  return (
    <Page title={list.name} width="narrow">
      {query.isError ? <LoadFailure onRetry={() => void query.refetch()} /> : <RowsSkeleton rows={4} />}
    </Page>
  );
}
