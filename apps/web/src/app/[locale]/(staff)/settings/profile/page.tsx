import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileScreen } from "../../../../../features/profile/profile-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile");
  return { title: t("title") };
}

export default function Page() {
  return <ProfileScreen />;
}
