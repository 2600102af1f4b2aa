import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnknownStaffPage } from "../../../../../features/shell/unknown-staff-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title"), robots: { index: false } };
}

/** What no page of staff answers. */
export default UnknownStaffPage;
