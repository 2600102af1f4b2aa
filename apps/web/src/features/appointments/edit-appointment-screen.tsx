"use client";

import { moveInput, updateInput } from "@creneau/api/appointments/schema";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { errorCode, isGone } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useRefusal } from "../directory/use-refusal.ts";
import { PresenceWarning } from "../presence/presence-warning.tsx";
import { wallTimeOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { AppointmentDetail } from "./appointment.ts";
import { AppointmentFields } from "./appointment-fields.tsx";
import { AppointmentGone } from "./appointment-gone.tsx";
import { ConflictNotice, isPlaceRefusal } from "./conflict-notice.tsx";
import { changesOf, editableFields, type FormValues, formFieldOf, formOf } from "./form-values.ts";
import { useActorName } from "./use-actor-name.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";
import { VersionNotice } from "./version-notice.tsx";

/** Changes an appointment; loads it, and keeps what is typed whatever the server answers. */
export function EditAppointmentScreen({ id }: { id: string }) {
  const t = useTranslations("appointments.form");
  const rights = useAppointmentRights();
  // Never refetched behind the form: a change by somebody else is told when saving, beside what was typed.
  const query = trpc.appointments.byId.useQuery({ id }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const directory = useDirectory(wantedFor(query.data));
  if (query.isError) {
    return isGone(query.error) ? (
      <AppointmentGone />
    ) : (
      <Page title={t("editTitle")} width="narrow">
        <LoadFailure onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  // The lists first: a field whose choices come later would not show the one it holds.
  if (!query.data || directory.isPending) {
    return (
      <Page title={t("editTitle")} width="narrow">
        <RowsSkeleton rows={4} />
      </Page>
    );
  }
  if (!rights.canChange(query.data) || ["cancelled", "held"].includes(query.data.status))
    return <NotAllowed />;
  return <EditForm appointment={query.data} />;
}

/** What the form of an appointment shows of a large network: its own site, and who works there. */
function wantedFor(appointment: AppointmentDetail | undefined) {
  return appointment ? { appointments: [appointment], within: [appointment.siteId] } : {};
}

/** Both schemas at once: each checks the part of the form it will be sent. */
function editResolver(
  id: string,
  { original, zone }: { original: FormValues; zone: string },
): Resolver<FormValues> {
  const options = (part: "move" | "update") => ({
    toInput: (values: FormValues) => ({ id, version: 1, ...changesOf(values, original, zone)[part] }),
    fieldOf: formFieldOf,
  });
  const move = schemaResolver<FormValues>(moveInput, options("move"));
  const update = schemaResolver<FormValues>(updateInput, options("update"));
  return async (values, context, settings) => {
    const isMoved = changesOf(values, original, zone).move !== null;
    const results = [
      ...(isMoved ? [await move(values, context, settings)] : []),
      await update(values, context, settings),
    ];
    const errors = Object.assign({}, ...results.map((result) => result.errors));
    return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} };
  };
}

function EditForm({ appointment }: { appointment: AppointmentDetail }) {
  const t = useTranslations("appointments");
  const actorName = useActorName();
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const router = useRouter();
  const directory = useDirectory(wantedFor(appointment));
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [saved, setSaved] = useState(appointment);
  const [theirs, setTheirs] = useState<{ row: AppointmentDetail; name: string | null } | null>(null);
  const [refused, setRefused] = useState<{ error: unknown; values: FormValues } | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const original = formOf(saved, { zone, locale });
  const form = useForm<FormValues>({
    defaultValues: original,
    resolver: editResolver(saved.id, { original, zone }),
  });
  const { leave, dialog } = useLeaveGuard(
    form.formState.isDirty ? { discard: () => form.reset() } : null,
    staff("unsaved"),
  );
  const move = trpc.appointments.move.useMutation();
  const update = trpc.appointments.update.useMutation();

  /** `base`: the row that the form is compared with, and whose version it builds on. */
  async function save(values: FormValues, { force = false, base = saved } = {}) {
    const before = formOf(base, { zone, locale });
    const changes = changesOf(values, before, zone);
    let { version } = base;
    setIsSaving(true);
    setRefused(null);
    setTheirs(null);
    try {
      if (changes.move) {
        const place = { ...changes.move, force, notify: values.notify };
        const input = moveInput.parse({ id: base.id, version, ...place });
        const { appointment: moved } = await move.mutateAsync(input);
        version = moved.version;
        // Should the second part fail, the first is not asked for again.
        setSaved({ ...moved, attendees: base.attendees });
      }
      if (changes.update) {
        const input = updateInput.parse({ id: saved.id, version, ...changes.update, notify: values.notify });
        await update.mutateAsync(input);
      }
      toast.success(t("form.saved"));
      await utils.appointments.invalidate();
      router.push(`/dashboard/appointments/${saved.id}`);
    } catch (error) {
      if (errorCode(error) === "version_conflict") {
        const [newer, history] = await Promise.all([
          utils.client.appointments.byId.query({ id: base.id }),
          utils.client.appointments.history.query({ id: base.id }),
        ]);
        const last = history.items[0];
        const now = formOf(newer, { zone, locale });
        // What was not touched here follows the other's change; what was typed stays.
        for (const field of editableFields) {
          if (values[field] === before[field]) form.setValue(field, now[field]);
        }
        setTheirs({ row: newer, name: last ? actorName(last.by) : null });
      } else if (isPlaceRefusal(error)) setRefused({ error, values });
      else tell(error);
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <Page
      title={t("form.editTitle")}
      lead={[saved.clientName, saved.serviceName].filter(Boolean).join(" · ")}
      width="narrow"
    >
      <form
        noValidate
        lang={locale}
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => save(values))}
      >
        <PresenceWarning appointmentId={saved.id} />
        <AppointmentFields form={form} directory={directory} isEdit />
        {refused && (
          <ConflictNotice
            error={refused.error}
            directory={directory}
            wanted={{
              providerId: refused.values.providerId,
              serviceId: refused.values.serviceId,
              startsAt: changesOf(refused.values, original, zone).move?.startsAt ?? saved.startsAt,
            }}
            onForce={() => void save(refused.values, { force: true })}
            onChoose={(startsAt) => {
              const length = (refused.values.end ?? 0) - (refused.values.start ?? 0);
              const { date, minute } = wallTimeOf({ instant: startsAt, zone });
              form.setValue("date", date);
              form.setValue("start", minute);
              form.setValue("end", minute + length);
              void form.handleSubmit((values) => save(values))();
            }}
          />
        )}
        {theirs && (
          <VersionNotice
            mine={form.watch()}
            theirs={formOf(theirs.row, { zone, locale })}
            original={original}
            status={{ before: saved.status, now: theirs.row.status }}
            name={theirs.name}
            directory={directory}
            onTake={(field, value) => {
              form.setValue(field, value);
              // A client goes by their name on screen.
              if (field === "clientId") form.setValue("clientName", theirs.row.clientName ?? "");
            }}
            onSave={form.handleSubmit((values) => {
              setSaved(theirs.row);
              return save(values, { base: theirs.row });
            })}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button
            variant="ghost"
            onClick={() => leave(() => router.push(`/dashboard/appointments/${saved.id}`))}
          >
            {common("cancel")}
          </Button>
          <Button type="submit" disabled={isSaving || theirs !== null}>
            {isSaving ? staff("saving") : t("form.submitEdit")}
          </Button>
        </div>
        {dialog}
      </form>
    </Page>
  );
}
