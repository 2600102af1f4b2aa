import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { PageView } from "./guest-client.ts";

/** How a public page is called in tabs and search results. */
export async function pageMetadata(page: PageView | null): Promise<Metadata> {
  const t = await getTranslations("booking.frame");
  if (!page) return { title: t("unknownTitle"), robots: { index: false } };
  const name = page.provider?.name ?? page.organization.name;
  return { title: t("title", { name }), description: t("description", { name }) };
}
