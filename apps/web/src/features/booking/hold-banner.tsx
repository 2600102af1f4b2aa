"use client";

import { CircleAlert, Hourglass } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "../../components/words.tsx";
import { Alternatives } from "./alternatives.tsx";
import type { Refusal } from "./guest-client.ts";
import { Notice } from "./notice.tsx";
import type { Slot } from "./slot-view.ts";
import type { HoldPhase } from "./use-hold.ts";

interface HoldBannerProps {
  phase: HoldPhase;
  secondsLeft: number;
  isExtended: boolean;
  zone: string;
  /** Somebody else has the start by now: confirming again would be refused again. */
  isLost: boolean;
  /** The nearest free starts, once the hold is over. */
  alternatives: readonly Slot[];
  /** Answers why not. */
  onExtend: () => Promise<Refusal | null>;
  onChoose: (startsAt: string) => void;
}

/** From here on more time is offered; earlier it would only worry. */
const offerSeconds = 180;

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long the slot stays the visitor's. Seconds tick silently; the last minute and the end are announced. */
export function HoldBanner({
  phase,
  secondsLeft,
  isExtended,
  zone,
  isLost,
  alternatives,
  onExtend,
  onChoose,
}: HoldBannerProps) {
  const t = useTranslations("booking.hold");
  const [extension, setExtension] = useState<"idle" | "asked" | "failed">("idle");
  const banner = useRef<HTMLDivElement>(null);
  const isLastMinute = phase === "held" && secondsLeft <= 60;

  useEffect(() => {
    if (isLost) banner.current?.focus();
  }, [isLost]);

  async function extend() {
    if (extension === "asked") return;
    setExtension("asked");
    const refusal = await onExtend();
    setExtension(refusal ? "failed" : "idle");
    // The button has done what it can, and goes.
    if (!refusal) banner.current?.focus();
  }

  return (
    <div ref={banner} tabIndex={-1} className="rounded-xl">
      <p aria-live="assertive" className="sr-only" data-hold-said>
        {isLastMinute && (isExtended ? t("lastMinuteAgain") : t("lastMinute"))}
      </p>
      {(phase === "taking" || phase === "proving" || phase === "none") && (
        <Notice icon={Hourglass} title={phase === "proving" ? t("proving") : t("taking")} />
      )}
      {phase === "held" && (
        <Notice
          tone={isLastMinute ? "warning" : "neutral"}
          icon={Hourglass}
          title={t.rich("left", {
            clock: () => (
              <span role="timer" className="tabular font-semibold" data-countdown>
                {clock(secondsLeft)}
              </span>
            ),
          })}
        >
          {!isExtended && secondsLeft <= offerSeconds && (
            <button
              type="button"
              aria-disabled={extension === "asked"}
              onClick={() => void extend()}
              className="min-h-11 rounded font-medium underline underline-offset-2"
            >
              {t("extend")}
            </button>
          )}
          {extension === "failed" && <p role="alert">{t("extendFailed")}</p>}
          {isExtended && <p role="status">{t("extended")}</p>}
        </Notice>
      )}
      {phase === "expired" && (
        <Notice tone="warning" icon={CircleAlert} title={t(isLost ? "gone" : "expired")} isAlert>
          <p className="mt-1">{t(isLost ? "goneKept" : "expiredKept")}</p>
          <Alternatives
            slots={alternatives}
            zone={zone}
            label={t("nearest")}
            onChoose={(startsAt) => {
              banner.current?.focus();
              onChoose(startsAt);
            }}
          />
        </Notice>
      )}
    </div>
  );
}
