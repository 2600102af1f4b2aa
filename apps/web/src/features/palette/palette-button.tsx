"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { Kbd } from "../../components/kbd.tsx";

const CommandPalette = dynamic(
  () => import("./command-palette.tsx").then((module) => module.CommandPalette),
  {
    ssr: false,
  },
);

/** Opens the palette by click, Ctrl+K or ⌘K; its code is fetched the first time. */
export function PaletteButton({
  compact = false,
  listens = false,
}: {
  compact?: boolean;
  listens?: boolean;
}) {
  const t = useTranslations("shell");
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);

  useEffect(() => {
    if (!listens) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setWasOpened(true);
      setIsOpen((open) => !open);
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [listens]);

  return (
    <>
      <button
        type="button"
        aria-label={t("openPalette")}
        aria-keyshortcuts="Control+K Meta+K"
        className={joinClasses(
          "flex base:h-9 items-center gap-2 rounded-md text-muted-foreground hover:bg-muted hover:text-foreground",
          compact ? "size-10 justify-center" : "w-full border bg-surface px-2.5",
        )}
        onClick={() => {
          setWasOpened(true);
          setIsOpen(true);
        }}
      >
        <Search aria-hidden className="size-4 shrink-0" />
        {!compact && (
          <>
            <span className="truncate text-xs">{t("openPalette")}</span>
            <Kbd className="ml-auto">⌃K</Kbd>
          </>
        )}
      </button>
      {wasOpened && <CommandPalette open={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}
