import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WaitlistScreen } from "../../../../../features/waitlist-staff/waitlist-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("waitlistStaff");
  return { title: t("title") };
}

export default function Page() {
  return <WaitlistScreen />;
}
