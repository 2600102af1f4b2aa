"use client";

import { CircleAlert, CircleCheck, UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslations } from "../../components/words.tsx";
import { guest } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";

interface TellGuestsProps {
  /** How many were invited and told nothing so far. */
  count: number;
  link: { portalToken: string; appointmentId: string };
}

/** Whom the client invited is told once the client says so here, where only their own mail leads. */
export function TellGuests({ count, link }: TellGuestsProps) {
  const t = useTranslations("portal.guests");
  const [state, setState] = useState<"waiting" | "sending" | "failed">("waiting");
  const [told, setTold] = useState<number | null>(null);

  async function tell() {
    if (state === "sending") return;
    setState("sending");
    try {
      setTold((await guest.mutate("tellGuests", link)).told);
    } catch {
      setState("failed");
    }
  }

  if (told !== null)
    return <Notice tone="success" icon={CircleCheck} isAnswer title={t("told", { count: told })} />;
  return (
    <Notice tone="warning" icon={UserPlus} title={t("waiting", { count })}>
      <Button
        size="large"
        variant="secondary"
        className="mt-3"
        disabled={state === "sending"}
        onClick={() => void tell()}
      >
        {t("tell", { count })}
      </Button>
      {state === "failed" && (
        <p role="alert" className="mt-2 flex items-center gap-2 text-danger">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          {t("failed")}
        </p>
      )}
    </Notice>
  );
}
