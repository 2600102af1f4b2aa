"use client";

import { createInput } from "@creneau/api/appointments/schema";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { usualSubjectKind } from "../clients/subject-fields.ts";
import { NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { useErrorFocus } from "../directory/use-error-focus.ts";
import { useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useProviderSites } from "../directory/use-provider-sites.ts";
import { useReason } from "../directory/use-reason.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { localDate } from "../time/format-time.ts";
import { dateIn } from "../time/period.ts";
import { wallTimeOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { titleOf } from "./appointment.ts";
import { AppointmentFields } from "./appointment-fields.tsx";
import { refusedDrafts } from "./attendee-drafts.ts";
import { ConflictNotice, isPlaceRefusal } from "./conflict-notice.tsx";
import { createInputOf, emptyForm, type FormValues, formFieldOf } from "./form-values.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";

/** A new appointment; the address may fill in the client, the provider and the day. */
export function NewAppointmentScreen() {
  const t = useTranslations("appointments");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const { organization } = useViewer();
  const { timezone: zone, preset } = organization;
  const url = useUrlState();
  const router = useRouter();
  const rights = useAppointmentRights();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [refused, setRefused] = useState<{ error: unknown; values: FormValues } | null>(null);
  // One key for one intention: a retry after a lost answer finds what the first try made.
  const key = useRef({ request: "", key: "" });
  const { form: element, focusError } = useErrorFocus();

  const toInput = (values: FormValues) =>
    createInputOf(values, { zone, subjectKind: usualSubjectKind[preset] });
  const form = useForm<FormValues>({
    defaultValues: {
      ...emptyForm,
      providerId: url.get("provider") ?? rights.ownProviderId ?? "",
      date: dateIn(url.get("date")) ?? localDate({ instant: new Date().toISOString(), zone }),
      clientId: url.get("client") ?? "",
    },
    resolver: schemaResolver<FormValues>(createInput, { toInput, fieldOf: formFieldOf }),
  });
  const { setValue, watch } = form;
  const providerId = watch("providerId");
  const chosenSites = useProviderSites(providerId);
  const directory = useDirectory({ providerIds: [providerId], within: chosenSites });
  const reason = useReason({ zone, directory });
  const { leave, dialog } = useLeaveGuard(
    form.formState.isDirty ? { discard: () => form.reset() } : null,
    staff("unsaved"),
  );

  const clientId = watch("clientId");
  const client = trpc.directory.clients.byId.useQuery(
    { id: clientId },
    { enabled: clientId !== "" && rights.canSeeClients && watch("clientName") === "" },
  );
  const name = client.data?.name;
  useEffect(() => {
    if (name) setValue("clientName", name);
  }, [name, setValue]);

  // What is chosen narrows the rest: the service's only provider, its place.
  const serviceId = watch("serviceId");
  const service = directory.serviceById.get(serviceId);
  useEffect(() => {
    if (!service) return;
    setValue("locationKind", service.locationKind);
    const [only, ...others] = service.providerIds;
    if (only && others.length === 0) setValue("providerId", only);
  }, [service, setValue]);

  const create = trpc.appointments.create.useMutation();
  function submit(values: FormValues, force = false) {
    const parsed = createInput.parse({ ...toInput(values), force });
    const request = JSON.stringify(parsed);
    if (key.current.request !== request) key.current = { request, key: crypto.randomUUID() };
    create.mutate(
      { ...parsed, idempotencyKey: key.current.key },
      {
        onSuccess: ({ appointment, warnings }) => {
          const message = t("form.created", { name: titleOf(appointment, staff("busy")) });
          const notes = warnings.map(reason).join(" ");
          toast.success(message, notes ? { description: `${t("form.withWarnings")} ${notes}` } : {});
          void utils.appointments.invalidate();
          router.push(`/dashboard/appointments/${appointment.id}`);
        },
        onError: (error) => {
          const { field } = errorDetails(error);
          const attendees = refusedDrafts(values.attendees, field);
          if (isPlaceRefusal(error)) return setRefused({ error, values });
          if (attendees) setValue("attendees", attendees);
          else if (field === "client.phone") form.setError("newPhone", { message: "phone" });
          else return tell(error);
          focusError();
        },
      },
    );
  }

  if (!rights.canCreate) return <NotAllowed />;
  return (
    <Page title={t("form.newTitle")} width="narrow">
      {directory.isPending ? (
        <RowsSkeleton rows={4} />
      ) : (
        <form
          ref={element}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={form.handleSubmit((values) => {
            setRefused(null);
            submit(values);
          }, focusError)}
        >
          <AppointmentFields form={form} directory={directory} isEdit={false} />
          {refused && (
            <ConflictNotice
              error={refused.error}
              directory={directory}
              wanted={{
                providerId: refused.values.providerId,
                serviceId: refused.values.serviceId,
                startsAt: toInput(refused.values).startsAt ?? "",
              }}
              onForce={() => submit(refused.values, true)}
              onChoose={(startsAt) => {
                const length =
                  refused.values.end !== null && refused.values.start !== null
                    ? refused.values.end - refused.values.start
                    : null;
                const { date, minute } = wallTimeOf({ instant: startsAt, zone });
                setValue("date", date);
                setValue("start", minute);
                setValue("end", length === null ? null : minute + length);
                setRefused(null);
                void form.handleSubmit((values) => submit(values))();
              }}
            />
          )}
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={() => leave(() => router.back())}>
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={create.isPending}>
              {create.isPending ? staff("saving") : t("form.submitNew")}
            </Button>
          </div>
          {dialog}
        </form>
      )}
    </Page>
  );
}
