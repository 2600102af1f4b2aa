import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditAppointmentScreen } from "../../../../../../../features/appointments/edit-appointment-screen.tsx";
import { answerWhetherFound } from "../../../../../../../trpc/answer-whether-found.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("appointments");
  return { title: t("form.editTitle") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(({ appointments }) => appointments.byId({ id }));
  return <EditAppointmentScreen id={id} key={id} />;
}
