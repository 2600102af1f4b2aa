import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AppointmentScreen } from "../../../../../../features/appointments/appointment-screen.tsx";
import { answerWhetherFound } from "../../../../../../trpc/answer-whether-found.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("appointments");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(({ appointments }) => appointments.byId({ id }));
  return <AppointmentScreen id={id} key={id} />;
}
