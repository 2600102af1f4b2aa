import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";

type DeskStepProps = {
  title: string;
  /** What was chosen; null while this step is open. */
  done: (string | null)[] | null;
  onChange?: () => void;
  children: ReactNode;
};

/** A step of the call: open with its question, or folded to its answer. */
export function DeskStep({ title, done, onChange, children }: DeskStepProps) {
  const t = useTranslations("operator");
  if (done) {
    return (
      <div className="flex items-center gap-3 rounded-xl border bg-surface px-4 py-2">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
        <p className="min-w-0 flex-1 truncate">{done.filter(Boolean).join(" · ")}</p>
        <Button variant="ghost" size="small" onClick={onChange}>
          {t("change")}
        </Button>
      </div>
    );
  }
  return (
    <section className="rounded-xl border bg-surface p-4" aria-label={title}>
      <h2 className="mb-2.5 font-semibold">{title}</h2>
      {children}
    </section>
  );
}
