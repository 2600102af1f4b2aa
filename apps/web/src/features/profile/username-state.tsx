"use client";

import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { UsernameState } from "./use-username-check.ts";

/** What is known of the name that is being typed, said as it becomes known. */
export function UsernameStateLine({ id, name, state }: { id: string; name: string; state: UsernameState }) {
  const t = useTranslations("profile.username");
  const isGood = state === "free" || state === "current";
  const isNeutral = state === "empty" || state === "checking";
  const Icon = isGood ? CircleCheck : state === "checking" ? LoaderCircle : CircleAlert;
  return (
    <p
      id={id}
      role="status"
      className={`flex min-h-5 items-start gap-1.5 text-xs ${isGood ? "text-success" : isNeutral ? "text-muted-foreground" : "text-danger"}`}
    >
      {state !== "empty" && <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />}
      {state === "empty" ? t("hint") : t(state, { name })}
    </p>
  );
}
