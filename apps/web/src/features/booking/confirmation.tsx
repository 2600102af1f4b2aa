import { useLocale, useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { CalendarPlus, CircleCheck, Clock3 } from "../../components/signs.tsx";
import { BookingSummary } from "./booking-summary.tsx";
import type { ManageView } from "./guest-client.ts";

interface ConfirmationProps {
  booking: ManageView;
  manageToken: string;
  /** Address of the public page. */
  bookAgain: string;
  isEmbedded?: boolean;
}

/** The last screen: it is certain, here is what, and how to keep, move or cancel it. */
export function Confirmation({ booking, manageToken, bookAgain, isEmbedded = false }: ConfirmationProps) {
  const t = useTranslations("booking.confirmation");
  const locale = useLocale();
  const isPending = booking.status === "pending";
  const manage = `/${locale}/manage/${encodeURIComponent(manageToken)}`;
  // The frame is too small for a second journey.
  const frame = isEmbedded ? { target: "_blank", rel: "noopener" } : {};
  const large = buttonVariants({ variant: "secondary", size: "large" });
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col gap-6">
      <header className="flex flex-col items-center gap-3 text-center">
        {isPending ? (
          <Clock3 aria-hidden className="size-12 text-warning" />
        ) : (
          <CircleCheck aria-hidden className="size-12 text-success" />
        )}
        <h1 tabIndex={-1} className="rounded font-semibold text-2xl tracking-tight">
          {isPending ? t("requested") : t("confirmed")}
        </h1>
        <p className="text-pretty text-muted-foreground">
          {isPending ? t("requestedLead") : t(booking.client?.hasEmail ? "confirmedMailed" : "confirmedLead")}
        </p>
      </header>
      <BookingSummary booking={booking} />
      <section aria-labelledby="add-title" className="flex flex-col gap-2">
        <h2 id="add-title" className="font-semibold">
          {t("add")}
        </h2>
        <div className="grid gap-2 @md:grid-cols-3">
          <a href={new URL(booking.calendar.ics).pathname} download className={large}>
            <CalendarPlus aria-hidden />
            {t("ics")}
          </a>
          <a href={booking.calendar.google} target="_blank" rel="noopener noreferrer" className={large}>
            Google
          </a>
          <a href={booking.calendar.outlook} target="_blank" rel="noopener noreferrer" className={large}>
            Outlook
          </a>
        </div>
      </section>
      <nav aria-label={t("next")} className="flex flex-col gap-2 border-t pt-4">
        <div className="grid gap-2 @md:grid-cols-2">
          {booking.canMove && (
            <a href={`${manage}?do=move`} {...frame} className={large}>
              {t("move")}
            </a>
          )}
          {booking.canCancel && (
            <a href={`${manage}?do=cancel`} {...frame} className={large}>
              {t("cancel")}
            </a>
          )}
        </div>
        <a
          href={bookAgain}
          className="inline-flex min-h-11 items-center justify-center rounded underline underline-offset-2"
        >
          {t("again")}
        </a>
      </nav>
    </div>
  );
}
