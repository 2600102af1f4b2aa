/** Latencies of a run and how long the run took. */
export interface Sample {
  /** Milliseconds, one a finished request, in no particular order. */
  latencies: Float64Array;
  seconds: number;
}

export interface Summary {
  count: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** The value below which the given share (0 to 1) of a sorted list lies; NaN of an empty list. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

/** Throughput and percentiles of a run. */
export function summarize({ latencies, seconds }: Sample): Summary {
  const sorted = Float64Array.from(latencies).sort();
  return {
    count: sorted.length,
    perSecond: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  };
}

/** Three significant digits: more would be noise. */
export function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}

/** The middle one of some figures. */
export function median(values: number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** The columns that every run of requests shows. */
export function figures(summary: Summary): Record<string, number> {
  return {
    "per second": round(summary.perSecond),
    "p50 ms": round(summary.p50),
    "p95 ms": round(summary.p95),
    "p99 ms": round(summary.p99),
    requests: summary.count,
  };
}
