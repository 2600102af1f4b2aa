"use client";

import { type ComponentProps, useEffect, useState } from "react";
import { Input } from "./input.tsx";

/** "9", "930", "9h30", "9:30" as minutes since midnight; null when it is no time of a day. 24:00 ends a day. */
export function parseClock(text: string): number | null {
  const match = /^(\d{1,2})(?:\s*[:hH.]?\s*(\d{2}))?\s*[hH]?$/.exec(text.trim());
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && minute <= 1440 ? minute : null;
}

/** Minutes since midnight as `HH:mm`. */
export function formatClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

type TimeInputProps = Omit<ComponentProps<"input">, "value" | "onChange" | "type"> & {
  /** Minutes since midnight; null while there is none. */
  value: number | null;
  onChange: (minute: number | null) => void;
};

/**
 * A time of day typed as people write it, always shown as `HH:mm`. The platform's own time field follows the browser's
 * language and would show AM and PM inside a French page.
 */
export function TimeInput({ value, onChange, onBlur, className, ...props }: TimeInputProps) {
  const [text, setText] = useState(value === null ? "" : formatClock(value));
  useEffect(() => {
    setText((current) =>
      parseClock(current) === value ? current : value === null ? "" : formatClock(value),
    );
  }, [value]);
  return (
    <Input
      {...props}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      placeholder="--:--"
      maxLength={5}
      className={className ?? "tabular w-20"}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parseClock(event.target.value));
      }}
      onBlur={(event) => {
        const minute = parseClock(event.target.value);
        if (minute !== null) setText(formatClock(minute));
        onBlur?.(event);
      }}
    />
  );
}
