import type { ReactNode } from "react";
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
}

/** Something the visitor should know, where they are looking. */
export function Notice({ tone = "neutral", icon: Icon, title, children, isAlert = false }: NoticeProps) {
  return (
    <div
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
