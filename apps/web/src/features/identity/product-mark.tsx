/** The mark of the product: a day column with one slot taken. */
export function ProductMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <rect x="2" y="2" width="20" height="20" rx="6" fill="var(--accent)" />
      <rect x="7" y="6" width="10" height="2.2" rx="1.1" fill="var(--accent-foreground)" opacity=".45" />
      <rect x="7" y="10" width="10" height="5.2" rx="1.6" fill="var(--accent-foreground)" />
      <rect x="7" y="17" width="10" height="2.2" rx="1.1" fill="var(--accent-foreground)" opacity=".45" />
    </svg>
  );
}
