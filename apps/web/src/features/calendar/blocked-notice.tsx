"use client";

import { CalendarOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { refusalReason } from "./refusal-reason.ts";

type BlockedNoticeProps = {
  timeOff: { id: string; reason: string | null; time: string };
  onDone: () => void;
};

/** Says that the chosen time is blocked, and gives it back on demand. */
export function BlockedNotice({ timeOff, onDone }: BlockedNoticeProps) {
  const t = useTranslations("calendar.block");
  const calendar = useTranslations("calendar");
  const utils = trpc.useUtils();
  const remove = trpc.availability.removeTimeOff.useMutation({
    onSuccess: () => {
      void utils.availability.open.invalidate();
      toast.success(t("removed"));
      onDone();
    },
    onError: (error) => toast.error(refusalReason(calendar, errorCode(error))),
  });
  return (
    <div className="mb-4 flex items-center gap-2 rounded-md border bg-background px-3 py-2">
      <CalendarOff aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <p className="min-w-0 flex-1">
        {timeOff.reason || t("blocked")}
        <span className="tabular block text-muted-foreground text-xs">{timeOff.time}</span>
      </p>
      <Button
        variant="secondary"
        disabled={remove.isPending}
        onClick={() => remove.mutate({ id: timeOff.id })}
      >
        {t("remove")}
      </Button>
    </div>
  );
}
