"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { type DatedItem, itemKey } from "./dated-items.ts";
import { itemIcon, useItemWords } from "./item-words.ts";

type DatedListProps = {
  items: readonly DatedItem[];
  label: string;
  /** A provider's changes may hold at one site or at all of them: said where there is more than one. */
  hasManySites: boolean;
  roomName: (id: string) => string | undefined;
  /** Absent: only to read. */
  onEdit?: ((item: DatedItem) => void) | undefined;
  onRemove?: ((item: DatedItem) => void) | undefined;
};

/** Dated changes, one a line, with their reason and what can be done. */
export function DatedList({ items, label, hasManySites, roomName, onEdit, onRemove }: DatedListProps) {
  const t = useTranslations("availability.dated");
  const words = useItemWords();
  return (
    <ul aria-label={label} className="divide-y">
      {items.map((item) => {
        const Icon = itemIcon(item);
        const name = `${words.what(item)}, ${words.when(item)}`;
        const isEverywhere = item.kind === "timeOff" || item.siteId === null;
        const room = item.kind === "timeOff" && item.roomId ? roomName(item.roomId) : undefined;
        return (
          <li key={itemKey(item)} className="flex min-h-12 items-center gap-3 py-1.5">
            <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <span className="tabular font-medium">{words.when(item)}</span>
                <span>{words.what(item)}</span>
                {item.owner === "site" && <Badge>{t("ofSite")}</Badge>}
                {item.owner === "room" && room && <Badge>{room}</Badge>}
                {item.owner === "own" && hasManySites && isEverywhere && <Badge>{t("everySite")}</Badge>}
              </p>
              {item.reason && <p className="truncate text-muted-foreground text-xs">{item.reason}</p>}
            </div>
            {item.owner === "own" && onEdit && (
              <Button
                variant="ghost"
                size="icon"
                className="size-11 text-muted-foreground hover:text-foreground sm:size-8"
                aria-label={t("edit", { name })}
                onClick={() => onEdit(item)}
              >
                <Pencil />
              </Button>
            )}
            {item.owner !== "site" && onRemove && (
              <Button
                variant="ghost"
                size="icon"
                className="size-11 text-muted-foreground hover:text-danger sm:size-8"
                aria-label={t("remove", { name })}
                onClick={() => onRemove(item)}
              >
                <Trash2 />
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
