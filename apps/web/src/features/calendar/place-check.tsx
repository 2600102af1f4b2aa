"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { joinClasses } from "../../components/join-classes.ts";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { obstacleSentence } from "./obstacle-sentence.ts";
import { isRefused, obstaclesOf } from "./placement-obstacles.ts";

type PlaceCheckProps = {
  providerId: string;
  serviceId: string | null;
  startsAt: string;
  /** Null: as long as the service lasts. */
  endsAt: string | null;
  roomId: string | null;
};

const icons = { free: CircleCheck, warned: TriangleAlert, refused: OctagonX } as const;
const tones = { free: "text-success", warned: "text-warning", refused: "text-danger" } as const;

/** "Pourquoi pas ce créneau ?": what stands against the chosen place, told before anybody presses the button. */
export function PlaceCheck({ providerId, serviceId, startsAt, endsAt, roomId }: PlaceCheckProps) {
  const t = useTranslations("calendar");
  const zone = useViewer().organization.timezone;
  const { data, isPlaceholderData } = trpc.availability.explain.useQuery(
    {
      providerId,
      startsAt,
      ...(serviceId ? { serviceId } : {}),
      ...(endsAt ? { endsAt } : {}),
      ...(roomId ? { roomId } : {}),
    },
    { enabled: providerId !== "", staleTime: 0, placeholderData: keepPreviousData },
  );
  if (!data) return null;
  const obstacles = obstaclesOf(data.reasons);
  const told = data.allowed ? obstacles : obstacles.filter((each) => isRefused([each]));
  const isFree = data.allowed && told.length === 0;
  const tone = isFree ? "free" : data.allowed ? "warned" : "refused";
  const Icon = icons[tone];
  const sentences = new Set(told.map((obstacle) => obstacleSentence(t, { obstacle, zone })));
  return (
    <div
      role="status"
      data-place-check={tone}
      aria-busy={isPlaceholderData}
      className={joinClasses("flex items-start gap-2", tones[tone], isPlaceholderData && "opacity-60")}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">
        {sentences.size === 0
          ? t(isFree ? "drag.free" : "obstacles.other")
          : [...sentences].map((sentence) => (
              <span key={sentence} className="block break-words">
                {sentence}
              </span>
            ))}
      </span>
    </div>
  );
}
