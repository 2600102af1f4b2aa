"use client";

import { useState } from "react";
import { KeptButton } from "../../components/kept-form.tsx";
import { lazyPart } from "../../components/lazy-part.tsx";
import { Globe } from "../../components/signs.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useTranslations } from "../../components/words.tsx";
import { zoneCity, zoneOffset } from "../time/zone-clock.ts";

const ZoneSelect = lazyPart(
  () => import("./zone-select.tsx").then((part) => part.ZoneSelect),
  <Skeleton className="h-11" />,
);

interface ZoneChoiceProps {
  zone: string;
  /** In person the clock on the wall of the place counts, whatever the visitor's. */
  isFixed: boolean;
  /** The instant the offset is told for. */
  at: number;
  onChange: (zone: string) => void;
}

/** In which zone times are told; changeable when the meeting is not at a place. */
export function ZoneChoice({ zone, isFixed, at, onChange }: ZoneChoiceProps) {
  const t = useTranslations("booking.zone");
  const [isChoosing, setIsChoosing] = useState(false);
  const name = t("name", { city: zoneCity(zone), offset: zoneOffset(zone, at) });
  if (isFixed || !isChoosing) {
    return (
      <div className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs">
        <Globe aria-hidden className="size-4 shrink-0" />
        <span data-zone={zone}>{isFixed ? t("fixed", { name }) : name}</span>
        {!isFixed && (
          <KeptButton
            onPress={() => setIsChoosing(true)}
            variant="ghost"
            className="h-11 px-1 text-xs underline underline-offset-2"
          >
            {t("change")}
          </KeptButton>
        )}
      </div>
    );
  }
  return <ZoneSelect zone={zone} onChange={onChange} onLeave={() => setIsChoosing(false)} />;
}
