"use client";

import type { ActorView } from "@creneau/api/appointments/schema";
import { useTranslations } from "next-intl";

const parts = ["waitlist", "holds", "assignment"] as const;

/** What whoever did something is called in a sentence: a colleague's name, a client, another system, or the product. */
export function useActorName() {
  const t = useTranslations("appointments.actors");
  return ({ kind, name }: Pick<ActorView, "kind" | "name">): string => {
    if (kind === "client") return t("client");
    if (kind === "api_key") return t("apiKey", { name: name ?? "API" });
    if (kind === "user") return name ?? t("formerMember");
    const part = parts.find((each) => each === name);
    return part ? t("system", { part: t(`parts.${part}`) }) : t("systemAlone");
  };
}
