"use client";

import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { useFieldError } from "../directory/use-field-error.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { AppointmentFieldsProps } from "./fields-props.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";

/** What is booked, with whom, where and when; each choice narrows the others. */
export function PlaceFields({ form, directory, isEdit }: AppointmentFieldsProps) {
  const t = useTranslations("appointments.form");
  const staff = useTranslations("staff");
  const fieldError = useFieldError();
  const zone = useViewer().organization.timezone;
  const rights = useAppointmentRights();
  const { register, control, watch, formState } = form;
  const { errors } = formState;
  const [serviceId, providerId, siteId] = watch(["serviceId", "providerId", "siteId"]);
  const service = directory.serviceById.get(serviceId);
  const provider = directory.providerById.get(providerId);
  const providers = directory.providers.filter(
    (each) =>
      (rights.canCreateForAll || each.id === rights.ownProviderId) &&
      (!service || directory.isPart || service.providerIds.includes(each.id) || each.id === providerId),
  );
  const sites = directory.sites.filter((site) => !provider || provider.siteIds.includes(site.id));
  const roomSite = siteId || (sites.length === 1 ? sites[0]?.id : undefined);
  const rooms = directory.rooms.filter((room) => !roomSite || room.siteId === roomSite);
  return (
    <>
      <Panel title={t("what")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("service")} error={fieldError(errors.serviceId)}>
            {(field) => (
              <Select {...field} {...register("serviceId")} disabled={isEdit}>
                <option value="">{t("noService")}</option>
                {directory.services.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name} ({staff("minutes", { count: each.durationMinutes })})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("provider")} error={fieldError(errors.providerId)}>
            {(field) => (
              <Controller
                control={control}
                name="providerId"
                render={({ field: { ref, value, onChange, onBlur, name } }) => (
                  <DirectorySelect
                    {...field}
                    {...{ ref, value, onChange, onBlur, name }}
                    kind="providers"
                    items={providers}
                    emptyLabel=""
                    disabled={directory.isPart && !rights.canCreateForAll}
                  />
                )}
              />
            )}
          </Field>
          {!isEdit && sites.length > 1 && (
            <Field label={t("site")} error={fieldError(errors.siteId)}>
              {(field) => (
                <Select {...field} {...register("siteId")}>
                  <option value="" />
                  {sites.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {rooms.length > 0 && (
            <Field label={t("room")} error={fieldError(errors.roomId)}>
              {(field) => (
                <Select {...field} {...register("roomId")}>
                  <option value="">{isEdit ? t("noRoom") : t("anyRoom")}</option>
                  {rooms.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </div>
      </Panel>
      <Panel title={t("when")} description={staff("zone", { zone })}>
        <div className="flex flex-wrap items-start gap-4">
          <Field label={t("date")} error={fieldError(errors.date)}>
            {(field) => <Input {...field} type="date" className="w-44" {...register("date")} />}
          </Field>
          <TimeField form={form} name="start" label={t("start")} />
          <TimeField
            form={form}
            name="end"
            label={t("end")}
            {...(!isEdit && service && { hint: t("endHint") })}
          />
        </div>
      </Panel>
    </>
  );
}

type TimeFieldProps = {
  form: AppointmentFieldsProps["form"];
  name: "start" | "end";
  label: string;
  hint?: string;
};

function TimeField({ form, name, label, hint }: TimeFieldProps) {
  const fieldError = useFieldError();
  return (
    <Field label={label} error={fieldError(form.formState.errors[name])} {...(hint && { hint })}>
      {(field) => (
        <Controller
          control={form.control}
          name={name}
          render={({ field: { ref, value, onChange, onBlur } }) => (
            <TimeInput {...field} {...{ ref, value, onChange, onBlur, name }} className="tabular w-24" />
          )}
        />
      )}
    </Field>
  );
}
