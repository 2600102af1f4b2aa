"use client";

import { useTranslations } from "next-intl";
import type { Outputs } from "../../trpc/react.ts";
import { matchedAlias } from "./client-words.ts";

type Client = Outputs["directory"]["clients"]["list"]["items"][number];

/** Says by which other name, address or number a search has found somebody; nothing when their line says it. */
export function FoundBy({ client, search }: { client: Client; search: string }) {
  const t = useTranslations("clients.aliases");
  const value = matchedAlias(client, search);
  return (
    value && <span className="block truncate text-muted-foreground text-xs">{t("foundBy", { value })}</span>
  );
}
