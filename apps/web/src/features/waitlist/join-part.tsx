"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { CircleAlert, CircleCheck } from "lucide-react";
import { buttonVariants } from "../../components/button.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import type { PageView, Target } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import type { Service, Site } from "../booking/start.ts";
import { useDraft } from "../booking/use-draft.ts";
import { wallClock } from "../time/zone-clock.ts";
import { refusedWish } from "./join-errors.ts";
import { JoinForm, type WishTimes } from "./join-form.tsx";
import { useJoin } from "./use-join.ts";
import { WishSummary } from "./wish-summary.tsx";

interface JoinPartProps {
  page: PageView;
  target: Target;
  site: Site;
  service: Service;
  /** Whom they asked for by name. */
  provider: { name: string } | null;
  now: number;
  isEmbedded: boolean;
}

const toldApart = ["offline", "unavailable", "rate_limited", "open_wishes"] as const;

/** A wish for a time that is not free: asked for, then confirmed in place. Loaded when it is opened. */
export function JoinPart({ page, target, site, service, provider, now, isEmbedded }: JoinPartProps) {
  const t = useTranslations("waitlist");
  const hold = useTranslations("booking.hold");
  const locale = useLocale();
  const { draft, change } = useDraft(page.username);
  const { join, phase, refusal, joined } = useJoin();
  const refused = refusal ? refusedWish(refusal) : {};
  const reason = refusal && (refusal.details.reason ?? refusal.code);
  const failure = toldApart.find((each) => each === reason) ?? "other";

  function send(times: WishTimes) {
    const { name, email, phone } = draft;
    void join({
      ...target,
      ...times,
      client: {
        name,
        email: email.trim(),
        phone,
        locale: locale === "en" ? "en" : "fr",
        timezone: runtimeZone(),
      },
    });
  }

  if (joined) {
    const { waitlistToken, wish } = joined;
    const town = [site.postalCode, site.city].filter(Boolean).join(" ");
    return (
      <div className="flex flex-col gap-4">
        <div role="status">
          <Notice isAnswer tone="success" icon={CircleCheck} title={t("joined.title")}>
            <p>{t("joined.lead", { email: wish.client.email ?? "" })}</p>
          </Notice>
        </div>
        <WishSummary
          wish={{
            fromDate: wish.fromDate,
            toDate: wish.toDate,
            startMinute: wish.startMinute ?? 0,
            endMinute: wish.endMinute ?? 0,
          }}
          serviceName={service.name}
          providerName={page.provider?.name ?? provider?.name ?? null}
          siteName={site.name}
          siteAddress={[site.address, town].filter(Boolean).join(", ") || null}
        />
        <a
          href={`/${locale}/waitlist/${encodeURIComponent(waitlistToken)}`}
          // The frame is too small for a second journey.
          {...(isEmbedded && { target: "_blank", rel: "noopener" })}
          className={buttonVariants({ variant: "secondary", size: "large" })}
        >
          {t("joined.page")}
        </a>
      </div>
    );
  }
  return (
    <>
      <p className="text-pretty text-muted-foreground">{t("join.lead")}</p>
      <JoinForm
        draft={draft}
        onDraft={change}
        today={wallClock(now, site.timezone).date}
        refused={refused}
        failure={
          refusal &&
          Object.keys(refused).length === 0 && (
            <Notice tone="danger" icon={CircleAlert} isAlert isAnswer title={t(`join.failure.${failure}`)} />
          )
        }
        sending={phase === "none" ? null : phase === "proving" ? hold("proving") : t("join.sending")}
        onSubmit={send}
      />
    </>
  );
}
