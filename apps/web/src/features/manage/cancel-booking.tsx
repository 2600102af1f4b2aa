"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { KeptButton } from "../../components/kept-form.tsx";
import { useTranslations } from "../../components/words.tsx";
import { guest, refusalOf } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import { StateLink } from "../booking/state-link.tsx";
import type { BookingLink } from "./use-move-slots.ts";

interface CancelBookingProps {
  link: BookingLink;
  onCancelled: () => void;
  onLeave: () => void;
}

/** Asks before it cancels: opening a link never does. */
export function CancelBooking({ link, onCancelled, onLeave }: CancelBookingProps) {
  const t = useTranslations("manage.cancel");
  const field = useRef<HTMLInputElement>(null);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<"tooLate" | "failed" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  async function cancel() {
    if (isSending) return;
    setIsSending(true);
    setFailure(null);
    const reason = field.current?.value.trim();
    try {
      await guest.mutate("cancel", { ...link, ...(reason && { reason }) });
      onCancelled();
    } catch (error) {
      const { code } = refusalOf(error);
      setFailure(code === "too_late_to_cancel" || code === "invalid_transition" ? "tooLate" : "failed");
    } finally {
      setIsSending(false);
    }
  }

  return (
    <section aria-labelledby="cancel-title" className="flex flex-col gap-4 rounded-xl border bg-surface p-4">
      <h2 id="cancel-title" ref={heading} tabIndex={-1} className="rounded font-semibold text-lg">
        {t("question")}
      </h2>
      <p className="text-muted-foreground">{t("lead")}</p>
      <Field label={t("reason")}>
        {(control) => <Input {...control} className="h-11 text-base" ref={field} maxLength={500} />}
      </Field>
      {failure && <Notice tone="danger" icon={CircleAlert} isAlert isAnswer title={t(`error.${failure}`)} />}
      <div className="flex flex-wrap gap-2">
        <KeptButton size="large" variant="danger" isBusy={isSending} onPress={() => void cancel()}>
          {isSending ? t("sending") : t("confirm")}
        </KeptButton>
        <StateLink
          className={buttonVariants({ size: "large", variant: "secondary" })}
          href={isSending ? undefined : "?"}
          onFollow={onLeave}
        >
          {t("keep")}
        </StateLink>
      </div>
    </section>
  );
}
