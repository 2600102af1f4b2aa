"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import type { Sign } from "../../components/signs.tsx";

const tones = {
  neutral: "border-border bg-muted/60",
  warning: "border-warning/40 bg-warning/8",
  danger: "border-danger/40 bg-danger/8",
  success: "border-success/40 bg-success/8",
} as const;

interface NoticeProps {
  tone?: keyof typeof tones;
  icon?: Sign;
  title: ReactNode;
  children?: ReactNode;
  /** Said at once by assistive technology. */
  isAlert?: boolean;
  /** It answers what was just pressed, and takes the focus as it appears. */
  isAnswer?: boolean;
}

/** Something the visitor should know, where they are looking. */
export function Notice({
  tone = "neutral",
  icon: Icon,
  title,
  children,
  isAlert = false,
  isAnswer = false,
}: NoticeProps) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a frame that nobody is in, it would take the focus from the page around it.
    if (isAnswer && document.hasFocus()) notice.current?.focus();
  }, [isAnswer]);
  return (
    <div
      ref={notice}
      tabIndex={-1}
      role={isAlert ? "alert" : undefined}
      className={joinClasses("flex gap-3 rounded-xl border p-4", tones[tone])}
    >
      {Icon && <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />}
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </div>
  );
}
