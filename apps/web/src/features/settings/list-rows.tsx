"use client";

import { ChevronRight, type LucideIcon, SearchX } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "../../components/badge.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Link } from "../../i18n/navigation.ts";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";

type ListQuery<Item> = {
  data: { pages: { items: Item[] }[] } | undefined;
  isPending: boolean;
  isError: boolean;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

type ListRowsProps<Item> = {
  query: ListQuery<Item>;
  /** The search that found nothing; empty when nothing was searched. */
  search: string;
  /** Where the rows lead: the id follows. */
  path: string;
  /** Drawn above the rows on a wide screen, with the rows' own columns. */
  headings?: ReactNode;
  empty: { icon: LucideIcon; title: string; description: string; action?: ReactNode };
  children: (item: Item) => ReactNode;
};

/** The rows of a list of the settings in whatever state they are; each leads to its page and keeps the search in mind. */
export function ListRows<Item extends { id: string; archivedAt: string | null }>({
  query,
  search,
  path,
  headings,
  empty,
  children,
}: ListRowsProps<Item>) {
  const t = useTranslations("settings");
  const staff = useTranslations("staff");
  const parameters = useSearchParams().toString();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <RowsSkeleton />;
  if (query.isError && !query.data) return <LoadFailure onRetry={() => void query.refetch()} />;
  return (
    <>
      <p role="status" className="sr-only">
        {t("count", { count: items.length, more: query.hasNextPage ? "yes" : "no" })}
      </p>
      {items.length === 0 &&
        (search ? (
          <EmptyState icon={SearchX} title={t("nothing.title")} description={t("nothing.description")} />
        ) : (
          <EmptyState {...empty} />
        ))}
      {items.length > 0 && (
        <div className="overflow-hidden rounded-xl border bg-surface">
          {headings && (
            <div
              aria-hidden
              className="hidden items-center gap-3 border-b bg-muted/50 py-1.5 pr-10 pl-4 font-medium text-muted-foreground text-xs md:flex"
            >
              {headings}
            </div>
          )}
          <ul className={joinClasses("divide-y", query.isPlaceholderData && "opacity-60")}>
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  href={`${path}/${item.id}${parameters && `?${parameters}`}`}
                  className="-outline-offset-2 flex min-h-14 items-center gap-3 py-2 pr-3 pl-4 hover:bg-muted/60"
                >
                  {children(item)}
                  {item.archivedAt && <Badge className="shrink-0">{staff("archived")}</Badge>}
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      <LoadMore query={query} />
    </>
  );
}
