"use client";

import { useLayoutEffect, useRef } from "react";
import { Field } from "../../components/field.tsx";
import { Select } from "../../components/select.tsx";
import { useTranslations } from "../../components/words.tsx";

/** Whom to see; without a preference, whoever is free. */
export function ProviderChoice({
  providers,
  chosen,
  onChoose,
}: {
  providers: readonly { id: string; name: string }[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const t = useTranslations("booking.provider");
  const select = useRef<HTMLSelectElement>(null);
  // What was chosen before the script was there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once
  useLayoutEffect(() => {
    const early = select.current?.value;
    if (early && early !== chosen) onChoose(early);
  }, []);
  if (providers.length < 2) return null;
  return (
    <Field label={t("label")}>
      {(control) => (
        <Select
          {...control}
          ref={select}
          className="h-11 text-base"
          value={chosen ?? ""}
          onChange={({ target }) => onChoose(target.value || null)}
        >
          <option value="">{t("anyone")}</option>
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
