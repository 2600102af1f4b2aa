"use client";

import { CircleAlert } from "lucide-react";
import { useLocale, useTranslations } from "../../components/words.tsx";
import type { Subject } from "./booking-subject.ts";
import { DetailsStep } from "./details-step.tsx";
import { refusedFields } from "./draft-errors.ts";
import type { PageView } from "./guest-client.ts";
import { HoldBanner } from "./hold-banner.tsx";
import { Notice } from "./notice.tsx";
import type { Slot } from "./slot-view.ts";
import type { Service } from "./start.ts";
import { useConfirm } from "./use-confirm.ts";
import { useDraft } from "./use-draft.ts";
import type { useHold } from "./use-hold.ts";

interface DetailsPartProps {
  page: PageView;
  basePath: string;
  isEmbedded: boolean;
  service: Service;
  subject: Subject;
  zone: string;
  hold: ReturnType<typeof useHold>;
  /** Free starts near the one whose hold is over. */
  nearest: readonly Slot[];
  onChoose: (startsAt: string) => void;
}

/** The hold and the form under it; loaded while the visitor looks for a time. */
export function DetailsPart({
  page,
  basePath,
  isEmbedded,
  service,
  subject,
  zone,
  hold,
  nearest,
  onChoose,
}: DetailsPartProps) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const { draft, change, forget } = useDraft(page.username);
  const { send, isSending, refusal } = useConfirm({
    hold,
    draft,
    locale,
    zone,
    basePath,
    isEmbedded,
    service: service.slug,
    subject,
    onDone: forget,
  });
  const isOver = refusal?.code === "hold_expired";
  return (
    <>
      <HoldBanner
        phase={hold.phase}
        secondsLeft={hold.secondsLeft}
        isExtended={hold.hold?.isExtended ?? false}
        zone={zone}
        alternatives={isOver ? (refusal.details.alternatives ?? nearest) : nearest}
        onExtend={hold.extend}
        onChoose={onChoose}
      />
      <DetailsStep
        draft={draft}
        onDraft={change}
        asksPlate={page.organization.preset === "inspection"}
        recipient={page.provider?.name ?? page.organization.name}
        needsApproval={service.needsApproval}
        refused={refusal?.code === "invalid_input" ? refusedFields(refusal.details) : {}}
        failure={
          refusal &&
          refusal.code !== "invalid_input" &&
          !isOver && (
            <Notice
              tone="danger"
              icon={CircleAlert}
              isAlert
              title={t(
                `failure.${refusal.code === "offline" || refusal.code === "rate_limited" ? refusal.code : "other"}`,
              )}
            />
          )
        }
        isSending={isSending || hold.phase === "taking" || hold.phase === "proving"}
        onSubmit={() => void send()}
      />
    </>
  );
}
