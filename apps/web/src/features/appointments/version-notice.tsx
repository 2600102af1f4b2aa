"use client";

import { GitMerge } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { formatClock } from "../../components/time-input.tsx";
import type { Directory } from "../directory/use-directory.ts";
import type { Status } from "./appointment.ts";
import { type EditableField, editableFields, type FormValues } from "./form-values.ts";

type VersionNoticeProps = {
  mine: FormValues;
  theirs: FormValues;
  /** The form as it was first filled in. */
  original: FormValues;
  /** Of the appointment, which the form does not hold. */
  status: { before: Status; now: Status };
  /** Who was quicker; null for somebody outside. */
  name: string | null;
  directory: Directory;
  onTake: (field: EditableField, value: FormValues[EditableField]) => void;
  /** Goes on from the newer version; the form is then saved as usual. */
  onSave: () => void;
};

/** Somebody else was quicker: what they changed beside what was typed, field by field, nothing lost. */
export function VersionNotice({
  mine,
  theirs,
  original,
  status,
  name,
  directory,
  onTake,
  onSave,
}: VersionNoticeProps) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const label: Record<EditableField, string> = {
    providerId: t("form.provider"),
    date: t("form.date"),
    start: t("form.start"),
    end: t("form.end"),
    roomId: t("form.room"),
    title: t("form.title"),
    description: t("form.description"),
    clientId: t("form.client"),
    subjectId: t("form.subjectChoice"),
    locationKind: t("form.locationKind"),
    locationDetail: t("form.locationDetail"),
    price: t("form.price"),
  };
  function shown(field: EditableField, values: FormValues): string {
    const value = values[field];
    if (value === "" || value === null) return t("version.empty");
    if (typeof value === "number") return formatClock(value);
    if (field === "providerId") return directory.providerById.get(value)?.name ?? value;
    if (field === "roomId") return directory.roomById.get(value)?.name ?? value;
    if (field === "clientId") return values.clientName;
    if (field === "subjectId") return values.subject;
    if (field === "locationKind") return staff(`places.${values.locationKind}`);
    return value;
  }
  const isCancelled = status.now === "cancelled";
  const changed = editableFields.filter((field) => theirs[field] !== original[field]);
  return (
    <div role="alert" className="rounded-xl border border-warning/50 bg-warning/8 p-4">
      <h2 className="flex items-center gap-2 font-semibold">
        <GitMerge aria-hidden className="size-4 text-warning" />
        {name ? t("version.titleBy", { name }) : t("version.title")}
      </h2>
      <p className="mt-1 text-muted-foreground">
        {isCancelled ? t("version.cancelled") : changed.length > 0 ? t("version.kept") : t("version.same")}
      </p>
      {status.now !== status.before && (
        <p className="mt-1">{t("version.status", { status: staff(`statuses.${status.now}`) })}</p>
      )}
      <ul className="mt-3 flex flex-col gap-3">
        {changed.map((field) => (
          <li key={field} className="flex flex-wrap items-center justify-between gap-2">
            <div className="min-w-0">
              <p className="font-medium">{label[field]}</p>
              <p className="break-words">{t("version.theirs", { value: shown(field, theirs) })}</p>
              {mine[field] !== theirs[field] && (
                <p className="break-words text-muted-foreground">
                  {t("version.yours", { value: shown(field, mine) })}
                </p>
              )}
            </div>
            {mine[field] !== theirs[field] && (
              <Button variant="secondary" size="small" onClick={() => onTake(field, theirs[field])}>
                {t("version.takeTheirs")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!isCancelled && (
        <Button className="mt-3" onClick={onSave}>
          {t("version.saveMine")}
        </Button>
      )}
    </div>
  );
}
