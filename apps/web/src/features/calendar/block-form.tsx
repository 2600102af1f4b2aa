"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Provider, Room } from "./appointment.ts";
import type { Draft } from "./calendar-panel.ts";
import { refusalReason } from "./refusal-reason.ts";
import { TimeFields, type TimeRange } from "./time-fields.tsx";

type BlockFormProps = {
  draft: Draft;
  providers: readonly Provider[];
  rooms: readonly Room[];
  onDone: () => void;
};

/** Takes a time out of bookings for one person or one room. Appointments already there stay, and are counted. */
export function BlockForm({ draft, providers, rooms, onDone }: BlockFormProps) {
  const t = useTranslations("calendar.block");
  const calendar = useTranslations("calendar");
  const utils = trpc.useUtils();
  const [range, setRange] = useState<TimeRange>({
    startsAt: draft.startsAt,
    endsAt: draft.endsAt ?? new Date(Date.parse(draft.startsAt) + 3_600_000).toISOString(),
  });
  const block = trpc.availability.addTimeOff.useMutation({
    onSuccess: ({ collisions }) => {
      void utils.availability.open.invalidate();
      if (collisions.length > 0) toast.warning(t("collisions", { count: collisions.length }));
      else toast.success(t("done"));
      onDone();
    },
    onError: (error) => toast.error(refusalReason(calendar, errorCode(error))),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [kind, id = ""] = String(fields.get("whose")).split(":");
    if (!range.endsAt) return;
    block.mutate({
      ...(kind === "room" ? { roomId: id } : { providerId: id }),
      startsAt: range.startsAt,
      endsAt: range.endsAt,
      reason: String(fields.get("reason")),
    });
  }

  const whose = draft.roomId
    ? `room:${draft.roomId}`
    : `provider:${draft.providerId ?? providers[0]?.id ?? ""}`;
  return (
    <form aria-label={t("title")} onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("whose")}>
        {(control) => (
          <Select {...control} name="whose" defaultValue={whose}>
            {providers.map(({ id, name }) => (
              <option key={id} value={`provider:${id}`}>
                {name}
              </option>
            ))}
            {rooms.map(({ id, name }) => (
              <option key={id} value={`room:${id}`}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TimeFields range={range} shownEnd={null} onChange={setRange} />
      <Field label={t("reason")}>
        {(control) => <Input {...control} name="reason" maxLength={300} autoComplete="off" />}
      </Field>
      <Button type="submit" size="large" disabled={block.isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}
