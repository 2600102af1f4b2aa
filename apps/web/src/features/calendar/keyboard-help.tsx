"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Kbd } from "../../components/kbd.tsx";

const groups = [
  {
    key: "moving",
    shortcuts: [
      { keys: ["T"], label: "today" },
      { keys: ["J"], label: "next" },
      { keys: ["K"], label: "previous" },
      { keys: ["G"], label: "goToDate" },
      { keys: ["/"], label: "search" },
    ],
  },
  {
    key: "views",
    shortcuts: [
      { keys: ["D"], label: "day" },
      { keys: ["W"], label: "week" },
      { keys: ["P"], label: "columns" },
      { keys: ["⇧", "P"], label: "team" },
      { keys: ["R"], label: "rooms" },
      { keys: ["M"], label: "month" },
      { keys: ["L"], label: "list" },
    ],
  },
  {
    key: "appointment",
    shortcuts: [
      { keys: ["C"], label: "create" },
      { keys: ["← ↑ ↓ →"], label: "cursor" },
      { keys: ["↵"], label: "enter" },
      { keys: ["E"], label: "edit" },
      { keys: ["X", "V"], label: "cutPaste" },
      { keys: ["Alt", "← ↑ ↓ →"], label: "nudge" },
      { keys: ["Alt", "⇧", "↑ ↓"], label: "resize" },
      { keys: ["Alt", "⇧", "← →"], label: "nudgeDay" },
      { keys: ["Del"], label: "cancel" },
      { keys: ["Ctrl", "Z"], label: "undo" },
    ],
  },
  {
    key: "dragging",
    shortcuts: [
      { keys: ["Alt"], label: "fine" },
      { keys: ["Esc"], label: "escape" },
    ],
  },
] as const;

/** Every key of the calendar. */
export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("calendar.help");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title")}>
        <div className="flex flex-col gap-4">
          {groups.map(({ key: group, shortcuts }) => (
            <section key={group}>
              <h3 className="mb-1.5 font-medium text-muted-foreground text-xs">{t(`groups.${group}`)}</h3>
              <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
                {shortcuts.map(({ keys, label }) => (
                  <div key={label} className="contents">
                    <dt>{t(label)}</dt>
                    <dd className="flex items-start justify-end gap-1">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
