"use client";

import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import { Panel } from "../../components/page.tsx";
import { AttendeeRows } from "./attendee-rows.tsx";
import { ClientFields } from "./client-fields.tsx";
import { DetailFields } from "./detail-fields.tsx";
import type { AppointmentFieldsProps } from "./fields-props.ts";
import { PlaceFields } from "./place-fields.tsx";

/** The fields of an appointment, the same for a new one and for a change. */
export function AppointmentFields({ form, directory, isEdit }: AppointmentFieldsProps) {
  const t = useTranslations("appointments");
  return (
    <>
      <PlaceFields form={form} directory={directory} isEdit={isEdit} />
      <Panel title={t("form.who")}>
        <ClientFields form={form} isEdit={isEdit} />
      </Panel>
      {!isEdit && (
        <Panel title={t("attendees.title")} description={t("attendees.lead")}>
          <Controller
            control={form.control}
            name="attendees"
            render={({ field, formState }) => (
              <AttendeeRows
                drafts={field.value}
                onChange={field.onChange}
                isChecked={formState.isSubmitted}
              />
            )}
          />
        </Panel>
      )}
      <DetailFields form={form} isEdit={isEdit} />
    </>
  );
}
