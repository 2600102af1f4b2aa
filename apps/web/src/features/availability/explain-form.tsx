"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { trpc } from "../../trpc/react.ts";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { LoadFailure } from "../directory/query-state.tsx";
import type { Directory } from "../directory/use-directory.ts";
import { useReason } from "../directory/use-reason.ts";
import { localDate } from "../time/format-time.ts";
import { instantOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

type Wish = { providerId: string; siteId: string; startsAt: string };

type ExplainFormProps = {
  serviceId: string;
  directory: Directory;
  /** Fixed where the page has chosen them already. */
  providerId?: string;
  siteId?: string;
  /** The wall clock of the times asked about and told; absent: the organization's. */
  zone?: string;
  /** A place asked about at once. */
  initial?: { date: string; minute: number };
  /** Absent: only explained, not booked from here. */
  onBook?: (wish: Wish) => void;
};

/** "Why not this time?": every reason in words, or that it is free after all. */
export function ExplainForm(props: ExplainFormProps) {
  const { serviceId, directory, providerId, siteId, initial, onBook } = props;
  const t = useTranslations("operator");
  const { timezone } = useViewer().organization;
  const zone = props.zone ?? timezone;
  const providers = directory.providers.filter((each) => each.serviceIds.includes(serviceId));
  const [chosen, setChosen] = useState("");
  const [date, setDate] = useState(
    () => initial?.date ?? localDate({ instant: new Date().toISOString(), zone }),
  );
  const [minute, setMinute] = useState<number | null>(initial?.minute ?? 600);
  const [wish, setWish] = useState<Wish | null>(
    initial && providerId && siteId
      ? { providerId, siteId, startsAt: instantOf({ ...initial, zone }) }
      : null,
  );
  const reason = useReason({ zone, directory });
  // The first of thousands is nobody's wish: in a large network somebody is looked for.
  const asked = providerId ?? (chosen || (!directory.isPart && providers[0]?.id) || "");
  const found = trpc.directory.providers.list.useQuery(
    { ids: [chosen] },
    { enabled: directory.isPart && chosen !== "", staleTime: 5 * 60_000 },
  ).data?.items;
  const provider = found?.find(({ id }) => id === asked) ?? directory.providerById.get(asked);
  const answer = trpc.availability.explain.useQuery(
    { serviceId, providerId: wish?.providerId ?? "", siteId: wish?.siteId, startsAt: wish?.startsAt ?? "" },
    { enabled: wish !== null, staleTime: 0 },
  );

  function ask(event: FormEvent) {
    event.preventDefault();
    const place = siteId ?? provider?.siteIds[0];
    if (minute === null || !date || !asked || !place) return;
    setWish({ providerId: asked, siteId: place, startsAt: instantOf({ date, minute, zone }) });
  }

  const verdict = answer.data;
  const isGood = verdict?.offered || verdict?.allowed;
  return (
    <div className="flex flex-col gap-3">
      <form className="flex flex-wrap items-end gap-3" onSubmit={ask}>
        <Field label={t("why.date")}>
          {(field) => (
            <Input
              {...field}
              type="date"
              className="w-44"
              value={date}
              onChange={(event) => setDate(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("why.time")}>
          {(field) => <TimeInput {...field} value={minute} onChange={setMinute} />}
        </Field>
        {!providerId && (
          <Field label={t("why.provider")}>
            {(field) => (
              <DirectorySelect
                {...field}
                kind="providers"
                className="min-w-44"
                value={asked}
                items={found ?? providers}
                onChange={setChosen}
                {...(directory.isPart && { emptyLabel: t("why.choose") })}
              />
            )}
          </Field>
        )}
        <Button
          type="submit"
          variant="secondary"
          className="h-9"
          disabled={minute === null || !date || !asked || !(siteId ?? provider)}
        >
          {t("why.ask")}
        </Button>
      </form>
      <div aria-live="polite">
        {wish && answer.isError && <LoadFailure onRetry={() => void answer.refetch()} />}
        {wish && verdict && (
          <div
            className={`rounded-lg border p-3 ${isGood ? "border-success/40 bg-success/8" : "border-danger/40 bg-danger/6"}`}
          >
            <p className="flex items-center gap-2 font-medium">
              {isGood ? (
                <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
              ) : (
                <CircleX aria-hidden className="size-4 shrink-0 text-danger" />
              )}
              {verdict.offered ? t("why.yes") : verdict.allowed ? t("why.staffOnly") : t("why.no")}
            </p>
            {verdict.reasons.length > 0 && (
              <ul className="mt-1.5 list-disc pl-6">
                {verdict.reasons.map((each) => (
                  <li key={JSON.stringify(each)}>{reason(each)}</li>
                ))}
              </ul>
            )}
            {isGood && onBook && (
              <Button className="mt-3" onClick={() => onBook(wish)}>
                {t("why.bookIt")}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
