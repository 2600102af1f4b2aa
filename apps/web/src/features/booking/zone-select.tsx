"use client";

import { isValidZone } from "@creneau/domain/time/zone";
import { Field } from "../../components/field.tsx";
import { Select } from "../../components/select.tsx";
import { useTranslations } from "../../components/words.tsx";
import { zoneNames } from "../time/zone-clock.ts";

/** Every zone there is, in the platform's own list; loaded by who asks for another one. */
export function ZoneSelect({
  zone,
  onChange,
  onLeave,
}: {
  zone: string;
  onChange: (zone: string) => void;
  onLeave: () => void;
}) {
  const t = useTranslations("booking.zone");
  return (
    <Field label={t("label")}>
      {(control) => (
        <Select
          {...control}
          autoFocus
          className="h-11 text-foreground"
          value={zone}
          onChange={({ target }) => {
            // It stays until the focus leaves: an arrow key tries one zone after the other.
            if (isValidZone(target.value)) onChange(target.value);
          }}
          onBlur={() => onLeave()}
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
