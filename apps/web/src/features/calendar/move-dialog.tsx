"use client";

import { DateTime } from "luxon";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { useViewer } from "../shell/viewer.tsx";
import type { Appointment, Provider } from "./appointment.ts";
import { clockTime, localDate } from "./format-time.ts";
import type { Move } from "./use-move-appointment.ts";

type MoveDialogProps = {
  appointment: Appointment;
  providers: readonly Provider[];
  onMove: (move: Move) => Promise<boolean>;
  onClose: () => void;
};

/** What dragging does, as a form: for the keyboard, a screen reader, or a date that is far away. */
export function MoveDialog({ appointment, providers, onMove, onClose }: MoveDialogProps) {
  const t = useTranslations("calendar.move");
  const common = useTranslations("common");
  const { timezone: zone, slotMinutes } = useViewer().organization;
  const [isMoving, setIsMoving] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const start = DateTime.fromISO(`${fields.get("date")}T${fields.get("time")}`, { zone });
    if (!start.isValid) return;
    const duration = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt);
    setIsMoving(true);
    const isMoved = await onMove({
      appointment,
      startsAt: start.toUTC().toISO(),
      endsAt: start.plus(duration).toUTC().toISO(),
      providerId: String(fields.get("provider")),
    });
    setIsMoving(false);
    if (isMoved) onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title")}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid grid-cols-2 gap-3">
            <Field label={t("date")}>
              {(control) => (
                <Input
                  {...control}
                  name="date"
                  type="date"
                  required
                  defaultValue={localDate({ instant: appointment.startsAt, zone })}
                />
              )}
            </Field>
            <Field label={t("time")}>
              {(control) => (
                <Input
                  {...control}
                  name="time"
                  type="time"
                  required
                  step={slotMinutes * 60}
                  defaultValue={clockTime({ instant: appointment.startsAt, zone })}
                />
              )}
            </Field>
          </div>
          <Field label={t("provider")}>
            {(control) => (
              <Select {...control} name="provider" defaultValue={appointment.providerId}>
                {providers.map((provider) => (
                  <option key={provider.id} value={provider.id}>
                    {provider.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={isMoving}>
              {t("submit")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
