"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";

type LoadMoreProps = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  /** A button as wide as the cards of a phone, for a thumb. */
  isLarge?: boolean;
};

/** The way to the next page of a list; nothing after the last one. */
export function LoadMore({ query, isLarge = false }: LoadMoreProps) {
  const t = useTranslations("staff");
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="secondary"
      {...(isLarge ? { size: "large" } : { className: "self-center max-sm:h-11" })}
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t("loadMore")}
    </Button>
  );
}
