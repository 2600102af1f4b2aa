"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import type { SubjectKind } from "../clients/subject-fields.ts";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { LoadFailure } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { clockTime, localDate, shortDay } from "../time/format-time.ts";
import { instantOf, plusDays } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { ChoiceList } from "./choice-list.tsx";

type NearSlot = Outputs["availability"]["nearest"]["items"][number];

type SlotStepProps = {
  serviceId: string;
  /** What it is about may change how long it takes, and so what is free. */
  subject: { subjectId?: string; subject?: { kind: SubjectKind; reference: string } };
  isBooking: boolean;
  onChoose: (slot: Pick<NearSlot, "providerId" | "siteId" | "startsAt">) => void;
};

/** The nearest free starts over every provider and site, or from a date and in one site. */
export function SlotStep({ serviceId, subject, isBooking, onChoose }: SlotStepProps) {
  const t = useTranslations("operator");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const today = localDate({ instant: new Date().toISOString(), zone });
  const [date, setDate] = useState(today);
  const [siteId, setSiteId] = useState("");
  // A list that comes after a change of date by the arrows takes the focus; one that comes while a date is typed must not.
  const takesFocus = useRef(true);
  const go = (days: number) => {
    takesFocus.current = true;
    setDate((current) => {
      const next = plusDays(current, days);
      return next < today ? today : next;
    });
  };
  function leaf(event: KeyboardEvent) {
    const days = { ArrowRight: 1, ArrowLeft: -1, PageDown: 7, PageUp: -7 }[event.key];
    if (days === undefined) return;
    event.preventDefault();
    go(days);
  }
  const nearest = trpc.availability.nearest.useQuery(
    {
      serviceId,
      ...subject,
      limit: 9,
      siteIds: siteId ? [siteId] : undefined,
      from: date > today ? instantOf({ date, minute: 0, zone }) : undefined,
    },
    { staleTime: 5_000 },
  );
  const items = nearest.data?.items ?? [];
  const directory = useDirectory({
    appointments: items.map((slot) => ({ ...slot, roomId: null })),
    siteIds: [siteId],
  });
  return (
    <div className="flex flex-col gap-3">
      {nearest.isPending && <Skeleton className="h-40" />}
      {nearest.isError && <LoadFailure onRetry={() => void nearest.refetch()} />}
      {nearest.data && items.length === 0 && <p className="text-muted-foreground">{t("none")}</p>}
      {items.length > 0 && (
        <div>
          <ChoiceList
            key={`${date} ${siteId}`}
            label={t("slotList")}
            items={items}
            autoFocus={takesFocus.current}
            keyOf={(slot) => `${slot.startsAt} ${slot.providerId} ${slot.siteId}`}
            isDisabled={isBooking}
            onChoose={onChoose}
            onOtherKey={leaf}
          >
            {(slot) => {
              const provider = directory.providerById.get(slot.providerId);
              return (
                <>
                  <time dateTime={slot.startsAt} className="tabular w-40 shrink-0 font-medium">
                    {shortDay({ instant: slot.startsAt, zone: slot.timezone, locale })}{" "}
                    <strong>{clockTime({ instant: slot.startsAt, zone: slot.timezone })}</strong>
                  </time>
                  <span className="flex min-w-0 items-center gap-2">
                    <span
                      aria-hidden
                      className="size-2.5 shrink-0 rounded-full"
                      style={{ background: provider?.colour }}
                    />
                    <span className="truncate">
                      {[
                        provider?.name,
                        directory.sites.length > 1 ? directory.siteById.get(slot.siteId)?.name : null,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                </>
              );
            }}
          </ChoiceList>
          <p className="mt-1.5 text-muted-foreground text-xs">{t("slotKeys")}</p>
        </div>
      )}
      <div className="flex flex-wrap items-end gap-3 border-t pt-3">
        <Field label={t("near")}>
          {(field) => (
            <Input
              {...field}
              type="date"
              className="w-44"
              min={today}
              value={date}
              onChange={(event) => {
                takesFocus.current = false;
                if (event.target.value) setDate(event.target.value);
              }}
            />
          )}
        </Field>
        {(directory.isPart || directory.sites.length > 1) && (
          <Field label={t("sites")}>
            {(field) => (
              <DirectorySelect
                {...field}
                kind="sites"
                value={siteId}
                items={directory.sites}
                emptyLabel={staff("allSites")}
                onChange={(id) => {
                  takesFocus.current = false;
                  setSiteId(id);
                }}
              />
            )}
          </Field>
        )}
        <Button variant="secondary" className="h-9 max-sm:h-11" onClick={() => go(7)}>
          {t("later")}
        </Button>
      </div>
    </div>
  );
}
