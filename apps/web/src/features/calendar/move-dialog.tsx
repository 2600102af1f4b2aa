"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { instantOf, wallTimeOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment, Provider, Room } from "./appointment.ts";
import { clockPattern } from "./time-fields.tsx";
import type { Move } from "./use-move-appointment.ts";

type MoveDialogProps = {
  appointment: Appointment;
  providers: readonly Provider[];
  rooms: readonly Room[];
  onMove: (move: Move) => Promise<boolean>;
  onClose: () => void;
};

/** What dragging and resizing do, as a form: for the keyboard, a screen reader, or a date that is far away. */
export function MoveDialog({ appointment, providers, rooms, onMove, onClose }: MoveDialogProps) {
  const t = useTranslations("calendar.move");
  const common = useTranslations("common");
  const { timezone: zone, slotMinutes } = useViewer().organization;
  const start = wallTimeOf({ instant: appointment.startsAt, zone });
  const [isMoving, setIsMoving] = useState(false);
  const [minute, setMinute] = useState<number | null>(start.minute);
  const [providerId, setProviderId] = useState(appointment.providerId);
  const siteIds = providers.find((each) => each.id === providerId)?.siteIds ?? [];
  const offered = rooms.filter((room) => siteIds.includes(room.siteId));
  const minutes = Math.round((Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt)) / 60_000);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    if (minute === null) return;
    const startsAt = instantOf({ date: String(fields.get("date")), minute, zone });
    const duration = Number(fields.get("duration")) || minutes;
    const roomId = fields.has("room") ? String(fields.get("room")) || null : undefined;
    setIsMoving(true);
    const isMoved = await onMove({
      appointment,
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + duration * 60_000).toISOString(),
      ...(providerId === appointment.providerId ? {} : { providerId }),
      ...(roomId === undefined || roomId === appointment.roomId ? {} : { roomId }),
      ...(fields.has("quiet") ? { notify: false } : {}),
    });
    setIsMoving(false);
    if (isMoved) onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title")}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid grid-cols-[3fr_2fr] items-end gap-3">
            <Field label={t("date")}>
              {(control) => <Input {...control} name="date" type="date" required defaultValue={start.date} />}
            </Field>
            <Field label={t("time")}>
              {(control) => (
                <TimeInput
                  {...control}
                  name="time"
                  required
                  pattern={clockPattern}
                  className="tabular w-full"
                  value={minute}
                  onChange={setMinute}
                />
              )}
            </Field>
          </div>
          <Field label={t("duration")}>
            {(control) => (
              <Input
                {...control}
                name="duration"
                type="number"
                required
                min={Math.min(5, slotMinutes)}
                max={1440}
                step={1}
                defaultValue={minutes}
              />
            )}
          </Field>
          <Field label={t("provider")}>
            {(control) => (
              <Select
                {...control}
                name="provider"
                value={providerId}
                onChange={(event) => setProviderId(event.target.value)}
              >
                {providers.map((provider) => (
                  <option key={provider.id} value={provider.id}>
                    {provider.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {offered.length > 0 && (
            <Field label={t("room")}>
              {(control) => (
                <Select {...control} key={providerId} name="room" defaultValue={appointment.roomId ?? ""}>
                  <option value="">{t("noRoom")}</option>
                  {offered.map((room) => (
                    <option key={room.id} value={room.id}>
                      {room.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <label className="flex items-center gap-2">
            <input type="checkbox" name="quiet" className="size-4 accent-accent" />
            {t("quiet")}
          </label>
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
