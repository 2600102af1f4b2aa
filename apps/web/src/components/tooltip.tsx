"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd.tsx";

/** A pointer that only passes by opens nothing. */
const delayMilliseconds = 400;
/** Between the control and its name, and between the name and the edge of the window, in pixels. */
const gap = 6;

type TooltipProps = { label: string; shortcut?: string; children: ReactNode };
type Place = { x: number; y: number };

/** Below the control, in its middle. */
function placeOf(control: Element): Place {
  const { left, width, bottom } = control.getBoundingClientRect();
  return { x: left + width / 2, y: bottom + gap };
}

/**
 * Names a control on hover and on focus by the keyboard, with its key. Hidden from assistive technology: the control
 * carries its own accessible name. Escape, a press and scrolling close it.
 */
export function Tooltip({ label, shortcut, children }: TooltipProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<Place | null>(null);

  useEffect(() => {
    const control = frame.current?.firstElementChild;
    if (!control) return;
    let timer: ReturnType<typeof setTimeout>;
    const open = () => setPlace(placeOf(control));
    const wait = (event: Event) => {
      if ((event as PointerEvent).pointerType !== "touch") timer = setTimeout(open, delayMilliseconds);
    };
    const focus = () => control.matches(":focus-visible") && open();
    const close = () => {
      clearTimeout(timer);
      setPlace(null);
    };
    const key = (event: KeyboardEvent) => event.key === "Escape" && close();
    const closers = ["pointerleave", "pointerdown", "blur"];
    control.addEventListener("pointerenter", wait);
    control.addEventListener("focus", focus);
    for (const name of closers) control.addEventListener(name, close);
    addEventListener("keydown", key, true);
    addEventListener("scroll", close, true);
    return () => {
      close();
      control.removeEventListener("pointerenter", wait);
      control.removeEventListener("focus", focus);
      for (const name of closers) control.removeEventListener(name, close);
      removeEventListener("keydown", key, true);
      removeEventListener("scroll", close, true);
    };
  }, []);

  return (
    <span ref={frame} className="contents">
      {children}
      {place && createPortal(<Name place={place} label={label} shortcut={shortcut} />, document.body)}
    </span>
  );
}

function Name({ place, label, shortcut }: { place: Place; label: string; shortcut?: string }) {
  return (
    <span
      aria-hidden
      ref={(element) => {
        if (!element) return;
        const half = element.offsetWidth / 2;
        const x = Math.min(Math.max(place.x, half + gap), innerWidth - half - gap);
        element.style.left = `${x - half}px`;
        element.style.top = `${place.y}px`;
      }}
      className="pointer-events-none fixed z-50 flex animate-fade-in items-center gap-2 rounded-md bg-foreground px-2 py-1 text-background text-xs shadow-float print:hidden"
    >
      {label}
      {shortcut && <Kbd className="border-background/30 bg-transparent text-background">{shortcut}</Kbd>}
    </span>
  );
}
