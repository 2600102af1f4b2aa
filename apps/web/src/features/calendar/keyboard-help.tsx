"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Kbd } from "../../components/kbd.tsx";

const shortcuts = [
  { keys: ["T"], label: "today" },
  { keys: ["J"], label: "next" },
  { keys: ["K"], label: "previous" },
  { keys: ["D"], label: "day" },
  { keys: ["W"], label: "week" },
  { keys: ["P"], label: "columns" },
  { keys: ["M"], label: "month" },
  { keys: ["L"], label: "list" },
  { keys: ["Alt", "← ↑ ↓ →"], label: "nudge" },
  { keys: ["Ctrl", "Z"], label: "undo" },
  { keys: ["?"], label: "help" },
] as const;

/** Every key of the calendar. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("calendar.help");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("title")}>
        <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2">
          {shortcuts.map(({ keys, label }) => (
            <div key={label} className="contents">
              <dt>{t(label)}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
