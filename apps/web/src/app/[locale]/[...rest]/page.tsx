import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnknownPage } from "../../../features/shell/unknown-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title"), robots: { index: false } };
}

/** Whatever no page answers gets the product's own "not found", in the visitor's language. */
export default UnknownPage;
