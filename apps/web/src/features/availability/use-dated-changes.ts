"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { type ChangeTarget, type ChangeValues, changeOfItem, toException, toTimeOff } from "./change-form.ts";
import type { DatedItem } from "./dated-items.ts";

/** Saves and takes away dated changes; everything that shows open time is read again. */
export function useDatedChanges(target: ChangeTarget) {
  const t = useTranslations("availability.dated");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const onSettled = () => utils.availability.invalidate();
  const addException = trpc.availability.addException.useMutation({ onSettled });
  const addTimeOff = trpc.availability.addTimeOff.useMutation({ onSettled });
  const removeExceptions = trpc.availability.removeExceptions.useMutation({ onSettled });
  const removeTimeOff = trpc.availability.removeTimeOff.useMutation({ onSettled });

  /** What a change of kind leaves behind goes once the new one is there. */
  async function drop(item: DatedItem): Promise<void> {
    if (item.kind === "timeOff") await removeTimeOff.mutateAsync({ id: item.id });
    else await removeExceptions.mutateAsync({ ids: item.ids });
  }

  /** Answers the appointments now in the way. */
  async function save(values: ChangeValues, replaced: DatedItem | null) {
    if (values.kind === "timeOff") {
      const replacesId = replaced?.kind === "timeOff" ? replaced.id : undefined;
      const { collisions } = await addTimeOff.mutateAsync({ ...toTimeOff(values, target), replacesId });
      if (replaced && !replacesId) await drop(replaced);
      return collisions;
    }
    const replacesIds = replaced?.kind === "exception" ? replaced.ids : [];
    const { windows, ...exception } = toException(values, target);
    const complete = windows.flatMap(({ startMinute, endMinute }) =>
      startMinute === null || endMinute === null ? [] : [{ startMinute, endMinute }],
    );
    const { collisions } = await addException.mutateAsync({ ...exception, windows: complete, replacesIds });
    if (replaced?.kind === "timeOff") await drop(replaced);
    return collisions;
  }

  async function remove(item: DatedItem) {
    try {
      await drop(item);
    } catch (error) {
      return tell(error);
    }
    const isRoom = item.kind === "timeOff" && item.roomId !== null;
    toast.success(
      t("removed"),
      isRoom ? {} : { action: { label: t("undo"), onClick: () => void restore(item) } },
    );
  }

  async function restore(item: DatedItem) {
    try {
      await save(changeOfItem(item), null);
      toast.success(t("restored"));
    } catch (error) {
      tell(error);
    }
  }

  return { save, remove, savedWord: t("saved") };
}
