"use client";

import { LockOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { clockTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { useReleaseHold } from "./use-release-hold.ts";

type HeldNoticeProps = {
  appointment: Pick<Appointment, "id" | "holdExpiresAt">;
  canRelease: boolean;
  onFreed?: (id: string) => void;
};

/** Says of a held time that it is somebody's for a while, and offers all that staff can do about it. */
export function HeldNotice({ appointment, canRelease, onFreed }: HeldNoticeProps) {
  const t = useTranslations("appointments.held");
  const zone = useViewer().organization.timezone;
  const release = useReleaseHold(onFreed);
  const { id, holdExpiresAt } = appointment;
  return (
    <div className="flex flex-col items-start gap-2.5 rounded-lg border bg-muted p-3">
      <p>
        {holdExpiresAt ? t("until", { time: clockTime({ instant: holdExpiresAt, zone }) }) : t("forNow")}
        {canRelease && ` ${t("consequence")}`}
      </p>
      {canRelease && (
        <Button variant="secondary" disabled={release.isPending} onClick={() => release.mutate({ id })}>
          <LockOpen aria-hidden />
          {t("release")}
        </Button>
      )}
    </div>
  );
}
