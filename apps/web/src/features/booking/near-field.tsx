"use client";

import { useEffect, useId, useRef, useState } from "react";
import { inputClassName } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { KeptButton } from "../../components/kept-form.tsx";
import { LocateFixed, Search } from "../../components/signs.tsx";
import { useTranslations } from "../../components/words.tsx";
import { isPoint, pointText } from "./site-search.ts";

/** Where to look: a town, a name or a postal code, or where the device is. */
export function NearField({ near, onNear }: { near: string; onNear: (near: string) => void }) {
  const t = useTranslations("booking.site");
  const id = useId();
  const [position, setPosition] = useState<"idle" | "asking" | "refused">("idle");
  const isHere = isPoint(near);
  const field = useRef<HTMLInputElement>(null);

  // The field is drawn before its code is here: what was typed meanwhile counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once
  useEffect(() => {
    const typed = field.current?.value ?? "";
    if (typed && typed !== near) onNear(typed);
  }, []);

  function locate() {
    setPosition("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPosition("idle");
        onNear(pointText(coords));
      },
      () => setPosition("refused"),
      { maximumAge: 600_000, timeout: 10_000 },
    );
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <label htmlFor={id} className="sr-only">
            {t("search")}
          </label>
          <Search aria-hidden className="absolute top-3.5 left-3 size-4 text-muted-foreground" />
          <input
            id={id}
            ref={field}
            type="search"
            autoComplete="postal-code"
            enterKeyHint="search"
            placeholder={isHere ? t("here") : t("search")}
            className={joinClasses(inputClassName, "h-11 pl-9 text-base")}
            value={isHere ? "" : near}
            onChange={({ target }) => onNear(target.value)}
          />
        </div>
        <KeptButton
          onPress={locate}
          aria-pressed={isHere}
          isBusy={position === "asking"}
          variant="secondary"
          size="large"
          className="aria-pressed:border-accent aria-pressed:text-accent"
        >
          <LocateFixed aria-hidden className={position === "asking" ? "animate-pulse" : undefined} />
          <span className="sr-only @md:not-sr-only">{t("around")}</span>
        </KeptButton>
      </div>
      {position === "refused" && (
        <p role="alert" className="text-muted-foreground text-xs">
          {t("positionRefused")}
        </p>
      )}
    </div>
  );
}
