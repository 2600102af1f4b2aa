"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "../../components/words.tsx";
import type { Subject } from "./booking-subject.ts";
import { tellHost } from "./embed-events.ts";
import { guest, type Refusal, refusalOf } from "./guest-client.ts";
import { useRequestKeys } from "./request-keys.ts";
import type { Draft } from "./use-draft.ts";
import type { useHold } from "./use-hold.ts";
import { useSubjectWords } from "./use-subject-words.ts";

const codesOfGone = ["hold_expired", "slot_taken", "outside_availability", "invalid_transition", "not_found"];

/** Whether a refusal says that this time can no longer be had, however often it is asked for. */
export function isTimeGone({ code }: Refusal): boolean {
  return codesOfGone.includes(code);
}

interface ConfirmOptions {
  hold: ReturnType<typeof useHold>;
  draft: Draft;
  locale: string;
  /** Where the visitor is. */
  zone: string;
  basePath: string;
  isEmbedded: boolean;
  service: string;
  subject: Subject;
  onDone: () => void;
}

/**
 * Turns the hold into a booking and shows the confirmation. Pressing twice, or again after an answer that was lost on
 * the way, makes one booking: every try for a hold carries the same key.
 */
export function useConfirm({
  hold,
  draft,
  locale,
  zone,
  basePath,
  isEmbedded,
  service,
  subject,
  onDone,
}: ConfirmOptions) {
  const t = useTranslations("booking.details");
  const words = useSubjectWords();
  const router = useRouter();
  const [isSending, setIsSending] = useState(false);
  const [refused, setRefused] = useState<{ refusal: Refusal; holdToken: string } | null>(null);
  const isUnderWay = useRef(false);
  const keyFor = useRequestKeys();

  // Pressed while the start is still being taken: sent as soon as it is held.
  const [isWanted, setWanted] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the coming of the hold is waited for
  useEffect(() => {
    if (!isWanted || !hold.hold) return;
    setWanted(false);
    void send();
  }, [isWanted, hold.hold]);

  async function send(): Promise<void> {
    const held = hold.hold;
    if (!held) return setWanted(true);
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSending(true);
    setRefused(null);
    const { name, email, phone, message, plate } = draft;
    const answers = Object.fromEntries(
      [
        ...Object.entries(subject).map(([about, value]) => [
          words.nameOf(about),
          words.valueOf(about, value),
        ]),
        [t("plate"), plate.trim().toUpperCase()],
        [t("messageAnswer"), message.trim()],
      ].filter(([, answer]) => answer),
    ) as Record<string, string>;
    const client = {
      name,
      email,
      phone,
      locale: locale === "en" ? ("en" as const) : ("fr" as const),
      timezone: zone,
    };
    const request = { holdToken: held.holdToken, client, answers };
    const input = { ...request, idempotencyKey: keyFor(request) };
    const confirm = () => guest.mutate("confirm", input);
    try {
      const booked = await confirm().catch((error) => {
        if (refusalOf(error).code === "offline") return confirm();
        throw error;
      });
      hold.settle();
      onDone();
      if (isEmbedded) {
        tellHost({
          type: "creneau:booked",
          service,
          status: booked.status,
          startsAt: booked.startsAt,
          endsAt: booked.endsAt,
        });
      }
      router.replace(`${basePath}/confirmation?booking=${encodeURIComponent(booked.manageToken)}`);
    } catch (error) {
      const refusal = refusalOf(error);
      setRefused({ refusal, holdToken: held.holdToken });
      if (isTimeGone(refusal)) hold.expire();
      setIsSending(false);
      isUnderWay.current = false;
    }
  }

  // What was refused is refused of this hold: another start begins anew.
  const refusal = refused?.holdToken === hold.hold?.holdToken ? refused?.refusal : undefined;
  return { send, isSending: isSending || isWanted, refusal: refusal ?? null };
}
