"use client";

import { UserRoundMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import type { Entry } from "./entry.ts";

/** Takes one person off the list, after a question; in a table the sign alone says it. */
export function RemoveButton({ entry, onRemove, isSign = false }: RemoveButtonProps) {
  const t = useTranslations("waitlistStaff.remove");
  return isSign ? (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t("of", { name: entry.name })}
      title={t("action")}
      onClick={() => onRemove(entry)}
    >
      <UserRoundMinus />
    </Button>
  ) : (
    <Button
      variant="secondary"
      className="w-full"
      aria-label={t("of", { name: entry.name })}
      onClick={() => onRemove(entry)}
    >
      <UserRoundMinus aria-hidden />
      {t("action")}
    </Button>
  );
}

type RemoveButtonProps = {
  entry: Entry;
  onRemove: (entry: Entry) => void;
  isSign?: boolean;
};
