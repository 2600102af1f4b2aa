"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { Button } from "./button.tsx";
import { Input } from "./input.tsx";

const confirmedMilliseconds = 2_000;

/** A text to take elsewhere: readable, selectable, and copied by one press. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useTranslations("profile.copy");
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === value;

  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), confirmedMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(value);
    } catch {
      // Refused by the browser, or a page that is not served securely.
      toast.error(t("failed"));
    }
  }

  return (
    <div className="flex items-center gap-2">
      <Input
        readOnly
        aria-label={label}
        value={value}
        className="min-w-0 flex-1 bg-muted/50 max-sm:h-11"
        onFocus={(event) => event.target.select()}
      />
      <Button variant="secondary" className="h-9 max-sm:h-11" onClick={copy}>
        {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {isCopied ? t("copied") : t("copy")}
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? t("copied") : ""}
      </span>
    </div>
  );
}
