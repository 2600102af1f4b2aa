import type { ComponentType } from "react";

/**
 * The Lucide icons (ISC licence) of the first screens that clients see, one line each: Lucide's own components would weigh
 * more than the calendar beside them, and reach the browser even from a part that only the server draws. What they draw
 * is the same.
 */
type Look = { className?: string; "aria-hidden"?: boolean };

/** Decoration: words say the same beside it. */
export type Sign = ComponentType<Look>;

function draw(look: Look, lines: string) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...look}
    >
      <path d={lines} />
    </svg>
  );
}

export const ArrowLeft: Sign = (look) => draw(look, "M12 19l-7-7 7-7M19 12H5");
export const CalendarDays: Sign = (look) =>
  draw(
    look,
    "M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2zM3 9h18M8 13h.01M12 13h.01M16 13h.01M8 17h.01M12 17h.01M16 17h.01",
  );
export const CalendarPlus: Sign = (look) =>
  draw(
    look,
    "M16 18h6M16 2v3M19 15v6M21 11.5V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h8.3M3 9h18M8 2v3",
  );
export const CalendarX2: Sign = (look) =>
  draw(
    look,
    "M8 2v3M16 2v3M3 9h18M21 12V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h8M17 16l5 5M17 21l5-5",
  );
export const ChevronLeft: Sign = (look) => draw(look, "M15 18l-6-6 6-6");
export const ChevronRight: Sign = (look) => draw(look, "M9 18l6-6-6-6");
export const CircleCheck: Sign = (look) =>
  draw(look, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M16 9l-5.5 5.5L8 12");
export const Clock: Sign = (look) => draw(look, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 6v6l4 2");
export const Clock3: Sign = (look) => draw(look, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 6v6h4");
export const Coins: Sign = (look) =>
  draw(
    look,
    "M13.744 17.736a6 6 0 1 1-7.48-7.48M15 6h1v4M6.134 14.768l.866-.5 2 3.464M10 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
  );
export const Globe: Sign = (look) =>
  draw(
    look,
    "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20",
  );
export const Link2Off: Sign = (look) =>
  draw(look, "M9 17H7A5 5 0 0 1 7 7M15 7h2a5 5 0 0 1 4 8M8 12L12 12M2 2L22 22");
export const LocateFixed: Sign = (look) =>
  draw(
    look,
    "M2 12L5 12M19 12L22 12M12 2L12 5M12 19L12 22M5 12a7 7 0 1 0 14 0a7 7 0 1 0-14 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
  );
export const MapPin: Sign = (look) =>
  draw(
    look,
    "M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0C9.539 20.193 4 14.993 4 10a8 8 0 0 1 16 0M9 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
  );
export const Phone: Sign = (look) =>
  draw(
    look,
    "M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384",
  );
export const Search: Sign = (look) => draw(look, "M21 21l-4.34-4.34M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0");
export const UserRound: Sign = (look) =>
  draw(look, "M7 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0M20 21a8 8 0 0 0-16 0");
export const Video: Sign = (look) =>
  draw(
    look,
    "M16 13l5.223 3.482a.5.5 0 0 0 .777-.416V7.87a.5.5 0 0 0-.752-.432L16 10.5M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z",
  );
export const Zap: Sign = (look) =>
  draw(
    look,
    "M15.914 4a1.5 1.5 0 00-2.474-1.561l-9 9A1.5 1.5 0 005.5 14h4.002a.5.5 0 01.471.666L8.086 20a1.5 1.5 0 002.475 1.56l9-9A1.5 1.5 0 0018.5 10h-3.997a.5.5 0 01-.472-.667z",
  );
