"use client";

import { joinClasses } from "../../components/join-classes.ts";
import { useTranslations } from "../../components/words.tsx";
import { wallClock } from "../time/zone-clock.ts";
import { partOfDay, type ShownSlot } from "./slot-view.ts";
import { StateLink } from "./state-link.tsx";

interface SlotListProps {
  slots: readonly ShownSlot[];
  zone: string;
  /** The start being taken right now. */
  pending: string | null;
  linkTo: (startsAt: string) => string;
  onChoose: (startsAt: string) => void;
}

/** The slots of one day by part of the day. A taken one stays where it was, faded, so that nothing moves under a finger. */
export function SlotList({ slots, zone, pending, linkTo, onChoose }: SlotListProps) {
  const t = useTranslations("booking.slots");
  const parts = (["morning", "afternoon", "evening"] as const)
    .map((part) => ({
      part,
      slots: slots.filter(({ startsAt }) => partOfDay(wallClock(startsAt, zone).time) === part),
    }))
    .filter((each) => each.slots.length > 0);
  return (
    <div className="flex flex-col gap-4">
      {parts.map(({ part, slots: ofPart }) => (
        <div key={part}>
          <h3 className="mb-1.5 text-muted-foreground text-xs">{t(`part.${part}`)}</h3>
          <ul className="grid grid-cols-3 gap-2 @2xl:grid-cols-2">
            {ofPart.map(({ startsAt, state }) => (
              <li key={startsAt}>
                <StateLink
                  data-starts-at={startsAt}
                  data-state={state}
                  href={state === "taken" ? undefined : linkTo(startsAt)}
                  aria-busy={pending === startsAt || undefined}
                  onFollow={() => onChoose(startsAt)}
                  className={joinClasses(
                    "tabular grid h-11 place-content-center rounded-lg border text-sm transition-[opacity,background-color,border-color] duration-500",
                    state === "taken"
                      ? "cursor-default border-dashed text-muted-foreground line-through opacity-60"
                      : "border-accent/40 base:bg-surface font-medium hover:border-accent hover:bg-accent/10",
                    state === "freed" && "animate-fade-in",
                    pending === startsAt && "animate-pulse bg-accent/15",
                  )}
                >
                  <time dateTime={startsAt}>{wallClock(startsAt, zone).time}</time>
                  {state === "taken" && <span className="sr-only"> {t("taken")}</span>}
                </StateLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
