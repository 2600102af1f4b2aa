"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { CircleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { wallClock } from "../time/zone-clock.ts";
import type { Subject } from "./booking-subject.ts";
import { DetailsStep } from "./details-step.tsx";
import { refusedFields } from "./draft-errors.ts";
import { guest, type PageView, type Target } from "./guest-client.ts";
import { HoldBanner } from "./hold-banner.tsx";
import { Notice } from "./notice.tsx";
import { PhoneLink } from "./phone-link.tsx";
import { nearestSlots, type Slot } from "./slot-view.ts";
import { periodAround, type Service } from "./start.ts";
import { isTimeGone, useConfirm } from "./use-confirm.ts";
import { useDraft } from "./use-draft.ts";
import type { useHold } from "./use-hold.ts";

interface DetailsPartProps {
  page: PageView;
  basePath: string;
  isEmbedded: boolean;
  service: Service;
  subject: Subject;
  zone: string;
  target: Target;
  today: string;
  hold: ReturnType<typeof useHold>;
  /** The start chosen. */
  startsAt: string | null;
  /** Whom to call when it cannot be booked from here. */
  phone: string | null;
  /** Asks for the month's slots anew. */
  reload: () => Promise<unknown>;
  onChoose: (startsAt: string) => void;
  /** Back to the choice of a time. */
  onOther: () => void;
}

/** Refusals that have words of their own; of any other only that it failed can be said. */
const failures = ["offline", "unavailable", "rate_limited", "live_bookings"] as const;

/** The hold and the form under it; loaded while the visitor looks for a time. */
export function DetailsPart({
  page,
  basePath,
  isEmbedded,
  service,
  subject,
  target,
  zone,
  today,
  hold,
  startsAt,
  phone,
  reload,
  onChoose,
  onOther,
}: DetailsPartProps) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const { draft, change, forget } = useDraft(page.username);
  const { send, isSending, refusal } = useConfirm({
    hold,
    draft,
    locale,
    // The clock of the place is not where the visitor is.
    zone: service.locationKind === "in_person" ? runtimeZone() : zone,
    basePath,
    isEmbedded,
    service: service.slug,
    subject,
    onDone: forget,
  });
  const reason = refusal?.details.reason ?? refusal?.code;
  const [nearest, setNearest] = useState<readonly Slot[]>([]);
  const isExpired = hold.phase === "expired";
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up once, when the hold ends
  useEffect(() => {
    if (!isExpired || !startsAt) return;
    void reload();
    const period = periodAround(wallClock(startsAt, zone).date, { today, timezone: zone });
    guest.query("slots", { ...target, ...period }).then(
      ({ days }) =>
        setNearest(
          nearestSlots(
            days.flatMap(({ slots }) => slots),
            startsAt,
            3,
          ),
        ),
      () => setNearest([]),
    );
  }, [isExpired]);
  const isGone = refusal !== null && isTimeGone(refusal);
  const refused = refusal?.code === "invalid_input" ? refusedFields(refusal.details) : {};
  const told = refusal?.details.alternatives ?? [];
  return (
    <>
      <HoldBanner
        phase={hold.phase}
        secondsLeft={hold.secondsLeft}
        isExtended={hold.hold?.isExtended ?? false}
        zone={zone}
        isLost={isGone}
        alternatives={told.length > 0 ? told : nearest}
        onExtend={hold.extend}
        onChoose={onChoose}
      />
      <DetailsStep
        draft={draft}
        onDraft={change}
        asksPlate={page.organization.preset === "inspection"}
        recipient={page.provider?.name ?? page.organization.name}
        needsApproval={service.needsApproval}
        refused={refused}
        failure={
          refusal &&
          !isGone &&
          Object.keys(refused).length === 0 && (
            <Notice
              tone="danger"
              icon={CircleAlert}
              isAlert
              isAnswer
              title={t(`failure.${failures.find((each) => each === reason) ?? "other"}`)}
            >
              {phone && <PhoneLink phone={phone} />}
            </Notice>
          )
        }
        isSending={isSending}
        onSubmit={() => void send()}
        onOther={isGone ? onOther : null}
      />
    </>
  );
}
