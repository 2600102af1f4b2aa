"use client";

import type { WaitlistView } from "@creneau/api/waitlist/schema";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { KeptButton } from "../../components/kept-form.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { refusalOf } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import { PhoneLink } from "../booking/phone-link.tsx";
import { EntryNotice } from "./entry-notice.tsx";
import { LeaveList } from "./leave-list.tsx";
import { OfferCard } from "./offer-card.tsx";
import { useEntry } from "./use-entry.ts";
import { waitlist } from "./waitlist-client.ts";
import { WishSummary } from "./wish-summary.tsx";

interface WaitlistEntryProps {
  entry: WaitlistView;
  waitlistToken: string;
  /** When the server rendered, epoch milliseconds. */
  now: number;
}

type Act = "accept" | "decline" | "leave";

/** A wish, by its mailed link: what has become of it, and the answer to what is on offer. Looking changes nothing. */
export function WaitlistEntry({ entry: initial, waitlistToken, now }: WaitlistEntryProps) {
  const t = useTranslations("waitlist");
  const locale = useLocale();
  const router = useRouter();
  const { view, show, reload } = useEntry(initial, waitlistToken);
  const [sending, setSending] = useState<Act | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [said, setSaid] = useState<"declined" | "left" | "lapsed" | "stayed" | "offline" | "failed" | null>(
    null,
  );
  const link = { waitlistToken };
  const { state, offer } = view;
  const isOpen = state === "waiting" || state === "offered";
  const hasFailed = said === "offline" || said === "failed";

  async function act(what: Act) {
    if (sending) return;
    setSending(what);
    setSaid(null);
    try {
      if (what === "accept") {
        const { manageToken } = await waitlist.accept(link);
        const book = `/${locale}/book/${encodeURIComponent(view.username)}`;
        // It stays "sending" until the confirmation is there.
        return router.push(`${book}/confirmation?booking=${encodeURIComponent(manageToken)}`);
      }
      show(await waitlist[what](link));
      setIsAsking(false);
      setSaid(what === "decline" ? "declined" : "left");
    } catch (error) {
      const { code } = refusalOf(error);
      setSaid(code === "hold_expired" ? "lapsed" : code === "offline" ? "offline" : "failed");
      void reload();
    }
    setSending(null);
  }

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5">
      <header>
        <h1 tabIndex={-1} className="rounded font-semibold text-2xl tracking-tight">
          {t("title")}
        </h1>
        <p className="text-muted-foreground">{view.organizationName}</p>
      </header>
      <p aria-live="polite" className="sr-only">
        {!said && state !== initial.state && t(`entry.${state}`)}
      </p>
      <div role="status" className="empty:hidden">
        {said && (
          <Notice
            isAnswer
            tone={hasFailed ? "danger" : said === "lapsed" ? "warning" : "neutral"}
            icon={hasFailed || said === "lapsed" ? CircleAlert : CircleCheck}
            title={t(`done.${said}`)}
          />
        )}
      </div>
      {offer ? (
        <OfferCard
          key={offer.startsAt}
          entry={view}
          offer={offer}
          now={now}
          sending={sending === "leave" ? "decline" : sending}
          onAccept={() => void act("accept")}
          onDecline={() => void act("decline")}
          onOver={() => void reload()}
        />
      ) : (
        <EntryNotice entry={view} />
      )}
      <section aria-labelledby="wish-title" className="flex flex-col gap-2">
        <h2 id="wish-title" className="font-semibold">
          {t("entry.wish")}
        </h2>
        <WishSummary
          wish={view}
          serviceName={view.serviceName}
          providerName={view.providerName}
          siteName={view.siteName}
          siteAddress={view.siteAddress}
        />
      </section>
      {isOpen && isAsking && (
        <LeaveList
          hasOffer={offer !== null}
          isSending={sending !== null}
          onLeave={() => void act("leave")}
          onStay={() => {
            setIsAsking(false);
            setSaid("stayed");
          }}
        />
      )}
      {isOpen && !isAsking && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <KeptButton
            size="large"
            variant="secondary"
            isBusy={sending !== null}
            onPress={() => {
              setSaid(null);
              setIsAsking(true);
            }}
          >
            {t("leave.start")}
          </KeptButton>
          {view.phone && <PhoneLink phone={view.phone} />}
        </div>
      )}
    </div>
  );
}
