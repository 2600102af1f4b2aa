"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { type ComponentProps, useEffect, useMemo, useState } from "react";
import { Select } from "./select.tsx";

/** Difference to UTC in words of `Intl`, such as `GMT+2`, at this moment. */
function offsetOf(timeZone: string): string {
  const parts = dateFormat("en-US", { timeZone, timeZoneName: "shortOffset" }).formatToParts(Date.now());
  return parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
}

/** The zones this browser knows, the given one first; the rest only once in the browser, which knows others than the server. */
export function TimezoneSelect({ value, ...props }: ComponentProps<"select"> & { value: string }) {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => setNames(Intl.supportedValuesOf("timeZone")), []);
  const options = useMemo(
    () =>
      [...new Set([value, ...names])]
        .sort()
        .map((name) => ({ name, offset: names.length > 0 ? offsetOf(name) : "" })),
    [value, names],
  );
  return (
    <Select {...props} value={value}>
      {options.map(({ name, offset }) => (
        <option key={name} value={name}>
          {name.replaceAll("_", " ")}
          {offset && ` (${offset})`}
        </option>
      ))}
    </Select>
  );
}
