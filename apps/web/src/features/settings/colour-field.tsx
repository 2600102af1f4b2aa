"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";

/** Twelve that can be told apart on a calendar in both themes. */
const palette = [
  "#2563eb",
  "#0891b2",
  "#0d9488",
  "#16a34a",
  "#65a30d",
  "#ca8a04",
  "#ea580c",
  "#dc2626",
  "#db2777",
  "#9333ea",
  "#6d28d9",
  "#64748b",
];

type ColourFieldProps = {
  label: string;
  /** Empty: none, where `noneLabel` says what that means. */
  value: string;
  noneLabel?: string;
  onChange: (colour: string) => void;
};

/** A colour of the palette, or one of one's own. */
export function ColourField({ label, value, noneLabel, onChange }: ColourFieldProps) {
  const t = useTranslations("settings.colour");
  const name = useId();
  const isOwn = value !== "" && !palette.includes(value);
  const swatch =
    "relative grid size-8 cursor-pointer place-items-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 has-disabled:cursor-not-allowed max-sm:size-11";
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {noneLabel && (
          <label className="mr-1 inline-flex cursor-pointer items-center gap-2 max-sm:min-h-11">
            <input
              type="radio"
              name={name}
              className="size-4 accent-accent"
              checked={value === ""}
              onChange={() => onChange("")}
            />
            {noneLabel}
          </label>
        )}
        {[...palette, ...(isOwn ? [value] : [])].map((colour, index) => (
          <label key={colour} className={swatch} title={colour}>
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-label={t("option", { number: index + 1, colour })}
              checked={colour === value}
              onChange={() => onChange(colour)}
            />
            <span
              aria-hidden
              className="grid size-6 place-items-center rounded-full ring-1 ring-black/10 ring-inset"
              style={{ background: colour }}
            >
              {colour === value && <Check className="size-4 text-white" strokeWidth={3} />}
            </span>
          </label>
        ))}
        <label className="ml-1 inline-flex cursor-pointer items-center gap-2 text-muted-foreground max-sm:min-h-11">
          <input
            type="color"
            className="size-7 cursor-pointer rounded border bg-transparent p-0.5"
            value={value || "#2563eb"}
            onChange={(event) => onChange(event.target.value)}
          />
          {t("own")}
        </label>
      </div>
    </fieldset>
  );
}
