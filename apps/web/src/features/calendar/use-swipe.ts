import { type TouchEvent, useRef } from "react";

const leastPixels = 60;

/** Handlers for a sideways flick of one finger: `onSwipe(1)` to the next, `onSwipe(-1)` to the previous. */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number; at: number } | null>(null);
  return {
    onTouchStart(event: TouchEvent) {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      start.current = touch ? { x: touch.clientX, y: touch.clientY, at: Date.now() } : null;
    },
    onTouchEnd(event: TouchEvent) {
      const from = start.current;
      const touch = event.changedTouches[0];
      start.current = null;
      // A slow touch is a long press that drags an appointment, not a flick.
      if (!from || !touch || Date.now() - from.at > 300) return;
      const across = touch.clientX - from.x;
      if (Math.abs(across) < leastPixels || Math.abs(touch.clientY - from.y) > Math.abs(across) / 2) return;
      onSwipe(across < 0 ? 1 : -1);
    },
  };
}
