"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { tellHost } from "../booking/embed-events.ts";

/** Tells the page around the frame how high its content is, so that the frame never scrolls by itself. */
export function HeightReporter({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = content.current;
    if (!element) return;
    tellHost({ type: "creneau:ready" });
    let told = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      // Between two pages there is nothing to measure, and nothing to shrink for.
      if (height === 0 || height === told) return;
      told = height;
      tellHost({ type: "creneau:height", height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={content} className="@container wrap-anywhere px-4 py-5">
      {children}
    </div>
  );
}
