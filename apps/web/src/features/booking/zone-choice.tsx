"use client";

import { Globe } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "../../components/field.tsx";
import { Select } from "../../components/select.tsx";
import { isKnownZone, zoneCity, zoneNames, zoneOffset } from "./zone-clock.ts";

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
      <p className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs">
        <Globe aria-hidden className="size-4 shrink-0" />
        <span data-zone={zone}>{isFixed ? t("fixed", { name }) : name}</span>
        {!isFixed && (
          <button
            type="button"
            onClick={() => setIsChoosing(true)}
            className="min-h-11 rounded px-1 text-foreground underline underline-offset-2"
          >
            {t("change")}
          </button>
        )}
      </p>
    );
  }
  return (
    <Field label={t("label")}>
      {(control) => (
        <Select
          {...control}
          autoFocus
          className="h-11 text-foreground"
          value={zone}
          onChange={({ target }) => {
            if (isKnownZone(target.value)) onChange(target.value);
            setIsChoosing(false);
          }}
          onBlur={() => setIsChoosing(false)}
        >
          {zoneNames(zone).map((each) => (
            <option key={each} value={each}>
              {each.replaceAll("_", " ")}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
