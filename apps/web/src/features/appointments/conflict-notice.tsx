"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { errorAlternatives, errorReasons } from "../directory/error-details.ts";
import type { Directory } from "../directory/use-directory.ts";
import { useReason } from "../directory/use-reason.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { useAppointmentRights } from "./use-appointment-rights.ts";

/** Whether an error is about the place asked for, which this notice explains. */
export function isPlaceRefusal(error: unknown): boolean {
  return ["slot_taken", "outside_availability"].includes(errorCode(error)) || errorReasons(error).length > 0;
}

type ConflictNoticeProps = {
  error: unknown;
  wanted: { providerId: string; serviceId: string; startsAt: string };
  directory: Directory;
  onChoose: (startsAt: string) => void;
  onForce: () => void;
};

/** Why a place was refused, in words, with the nearest free starts one click away. */
export function ConflictNotice({ error, wanted, directory, onChoose, onForce }: ConflictNoticeProps) {
  const t = useTranslations("appointments");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const { refusal } = useRefusal();
  const { canForce } = useAppointmentRights();
  const reason = useReason({ zone, directory });
  const told = errorAlternatives(error);
  const nearest = trpc.availability.nearest.useQuery(
    {
      serviceId: wanted.serviceId,
      providerIds: [wanted.providerId],
      from: wanted.startsAt,
      limit: 4,
    },
    { enabled: told.length === 0 && wanted.serviceId !== "" },
  );
  const starts = told.length > 0 ? told : (nearest.data?.items.map(({ startsAt }) => startsAt) ?? []);
  const reasons = errorReasons(error);
  // It stands below a long form: without this the nearest times could open out of sight.
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) notice.current?.scrollIntoView({ block: "center" });
  }, [error]);
  return (
    <div ref={notice} role="alert" className="rounded-xl border border-danger/40 bg-danger/6 p-4">
      <h2 className="flex items-center gap-2 font-semibold">
        <TriangleAlert aria-hidden className="size-4 text-danger" />
        {t("conflict.title")}
      </h2>
      {reasons.length > 0 ? (
        <ul className="mt-2 list-disc pl-6">
          {reasons.map((each) => (
            <li key={JSON.stringify(each)}>{reason(each)}</li>
          ))}
        </ul>
      ) : (
        <p className="mt-2">{refusal(error)}</p>
      )}
      {starts.length > 0 && (
        <>
          <p className="mt-3 mb-1.5 text-muted-foreground text-xs">{t("conflict.nearest")}</p>
          <div className="flex flex-wrap gap-2">
            {starts.map((startsAt) => (
              <Button
                key={startsAt}
                variant="secondary"
                className="tabular"
                onClick={() => onChoose(startsAt)}
              >
                {dayAndTime({ instant: startsAt, zone, locale })}
              </Button>
            ))}
          </div>
        </>
      )}
      {starts.length === 0 && nearest.data && (
        <p className="mt-2 text-muted-foreground text-xs">{t("conflict.noNearest")}</p>
      )}
      {canForce && (
        <Button variant="ghost" className="mt-3 text-danger" onClick={onForce}>
          {t("conflict.force")}
        </Button>
      )}
    </div>
  );
}
