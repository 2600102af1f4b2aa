import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewAppointmentScreen } from "../../../../../../features/appointments/new-appointment-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("appointments");
  return { title: t("new") };
}

export default function Page() {
  return <NewAppointmentScreen />;
}
