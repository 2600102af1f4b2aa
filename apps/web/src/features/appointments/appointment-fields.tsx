"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { Textarea } from "../../components/textarea.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { trpc } from "../../trpc/react.ts";
import { ClientPicker } from "../clients/client-picker.tsx";
import { typedClient } from "../clients/typed-client.ts";
import type { Directory } from "../directory/use-directory.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useViewer } from "../shell/viewer.tsx";
import type { FormValues } from "./form-values.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";

type AppointmentFieldsProps = {
  form: UseFormReturn<FormValues>;
  directory: Directory;
  /** An existing appointment keeps its service and its site, and may change its price. */
  isEdit: boolean;
};

/** The fields of an appointment, the same for a new one and for a change. */
export function AppointmentFields({ form, directory, isEdit }: AppointmentFieldsProps) {
  const t = useTranslations("appointments.form");
  const staff = useTranslations("staff");
  const fieldError = useFieldError();
  const zone = useViewer().organization.timezone;
  const rights = useAppointmentRights();
  const { register, control, watch, setValue, formState } = form;
  const { errors } = formState;
  const [serviceId, providerId, siteId] = watch(["serviceId", "providerId", "siteId"]);
  const service = directory.serviceById.get(serviceId);
  const provider = directory.providerById.get(providerId);
  const providers = directory.providers.filter(
    (each) =>
      (rights.canCreateForAll || each.id === rights.ownProviderId) &&
      (!service || service.providerIds.includes(each.id) || each.id === providerId),
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
              <Select {...field} {...register("providerId")}>
                <option value="" />
                {providers.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </Select>
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
          <Field label={t("start")} error={fieldError(errors.start)}>
            {(field) => (
              <Controller
                control={control}
                name="start"
                render={({ field: { ref, value, onChange, onBlur, name } }) => (
                  <TimeInput
                    {...field}
                    {...{ ref, value, onChange, onBlur, name }}
                    className="tabular w-24"
                  />
                )}
              />
            )}
          </Field>
          <Field
            label={t("end")}
            error={fieldError(errors.end)}
            {...(!isEdit && service && { hint: t("endHint") })}
          >
            {(field) => (
              <Controller
                control={control}
                name="end"
                render={({ field: { ref, value, onChange, onBlur, name } }) => (
                  <TimeInput
                    {...field}
                    {...{ ref, value, onChange, onBlur, name }}
                    className="tabular w-24"
                  />
                )}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t("who")}>
        <ClientFields form={form} isEdit={isEdit} />
      </Panel>
      <Panel title={t("details")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("title")} hint={t("titleHint")} error={fieldError(errors.title)}>
            {(field) => <Input {...field} {...register("title")} maxLength={200} />}
          </Field>
          <SubjectField form={form} isEdit={isEdit} />
          {isEdit && (
            <Field label={t("price")} error={fieldError(errors.price)}>
              {(field) => <Input {...field} inputMode="decimal" className="tabular" {...register("price")} />}
            </Field>
          )}
          <Field label={t("locationKind")} error={fieldError(errors.locationKind)}>
            {(field) => (
              <Select {...field} {...register("locationKind")}>
                <option value="in_person">{staff("places.in_person")}</option>
                <option value="video">{staff("places.video")}</option>
                <option value="phone">{staff("places.phone")}</option>
              </Select>
            )}
          </Field>
          <Field
            label={t("locationDetail")}
            hint={t("locationDetailHint")}
            error={fieldError(errors.locationDetail)}
          >
            {(field) => <Input {...field} {...register("locationDetail")} maxLength={500} />}
          </Field>
          <div className="sm:col-span-2">
            <Field label={t("description")} error={fieldError(errors.description)}>
              {(field) => <Textarea {...field} {...register("description")} maxLength={5000} />}
            </Field>
          </div>
        </div>
        <Checkbox className="mt-3" label={t("notify")} hint={t("notifyHint")} {...register("notify")} />
        {/* The choice of a client is set by code: this keeps it part of the form. */}
        <input type="hidden" {...register("clientId")} onChange={() => setValue("clientName", "")} />
      </Panel>
    </>
  );
}

/** About what: typed for a new appointment, with the client's own as suggestions; chosen among them for a change. */
function SubjectField({ form, isEdit }: { form: UseFormReturn<FormValues>; isEdit: boolean }) {
  const t = useTranslations("appointments.form");
  const fieldError = useFieldError();
  const listId = useId();
  const { canSeeClients } = useAppointmentRights();
  const { register, watch, formState } = form;
  const [clientId, subjectId, reference] = watch(["clientId", "subjectId", "subject"]);
  const list = trpc.directory.subjects.list.useQuery(
    { clientId, limit: 200 },
    { enabled: clientId !== "" && canSeeClients },
  );
  const subjects = clientId ? (list.data?.items ?? []) : [];
  if (!isEdit) {
    return (
      <Field label={t("subject")} error={fieldError(formState.errors.subject)}>
        {(field) => (
          <>
            <Input {...field} {...register("subject")} list={listId} maxLength={64} autoComplete="off" />
            <datalist id={listId}>
              {subjects.map((each) => (
                <option key={each.id} value={each.reference}>
                  {each.label}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
    );
  }
  return (
    <Field label={t("subjectChoice")} error={fieldError(formState.errors.subjectId)}>
      {(field) => (
        // The list arrives after the form: without its key the chosen one would not be shown.
        <Select {...field} key={subjects.length} {...register("subjectId")}>
          <option value="">{t("noSubject")}</option>
          {subjectId && !subjects.some(({ id }) => id === subjectId) && (
            <option value={subjectId}>{reference}</option>
          )}
          {subjects.map((each) => (
            <option key={each.id} value={each.id}>
              {[each.reference, each.label].filter(Boolean).join(" · ")}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ClientFields({ form, isEdit }: { form: UseFormReturn<FormValues>; isEdit: boolean }) {
  const t = useTranslations("appointments.form");
  const fieldError = useFieldError();
  const { register, watch, setValue, formState } = form;
  const { errors } = formState;
  const [clientId, clientName, isNewClient] = watch(["clientId", "clientName", "isNewClient"]);
  const change = () => {
    setValue("isNewClient", false);
    setValue("clientId", "", { shouldDirty: true });
    setValue("clientName", "");
    setValue("subjectId", "", { shouldDirty: true });
  };
  if (clientId) {
    return (
      <div className="flex items-center justify-between gap-3">
        <p className="font-medium" role="status">
          {t("clientChosen", { name: clientName })}
        </p>
        <Button variant="secondary" onClick={change}>
          {t("changeClient")}
        </Button>
      </div>
    );
  }
  if (isNewClient && !isEdit) {
    return (
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t("name")} error={fieldError(errors.newName)}>
          {(field) => (
            <Input {...field} autoFocus {...register("newName")} maxLength={200} autoComplete="off" />
          )}
        </Field>
        <Field label={t("phone")} hint={t("contactHint")} error={fieldError(errors.newPhone)}>
          {(field) => (
            <Input {...field} type="tel" {...register("newPhone")} maxLength={32} autoComplete="off" />
          )}
        </Field>
        <Field label={t("email")} error={fieldError(errors.newEmail)}>
          {(field) => (
            <Input {...field} type="email" {...register("newEmail")} maxLength={254} autoComplete="off" />
          )}
        </Field>
        <Button variant="ghost" className="justify-self-start" onClick={change}>
          {t("changeClient")}
        </Button>
      </div>
    );
  }
  return (
    <ClientPicker
      onPick={(client) => {
        setValue("clientId", client.id, { shouldDirty: true });
        setValue("clientName", client.name);
      }}
      onCreate={
        isEdit
          ? undefined
          : (text) => {
              const typed = typedClient(text);
              setValue("isNewClient", true);
              setValue("newName", typed.name);
              setValue("newPhone", typed.phone);
              setValue("newEmail", typed.email);
              if (typed.reference) setValue("subject", typed.reference);
            }
      }
    />
  );
}
