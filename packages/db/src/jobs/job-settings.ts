/** How one queue treats its jobs; durations are seconds. */
export interface JobSettings {
  /** Tries after the first one; then the job is dead. */
  retryLimit: number;
  /** Delay before the first retry; doubles each time, with jitter, up to `retryDelayMax`. */
  retryDelay: number;
  retryBackoff: boolean;
  retryDelayMax: number;
  /** A handler that takes longer has failed. */
  expireInSeconds: number;
  /** A running job whose worker has been silent for this long is freed for another worker. */
  heartbeatSeconds: number;
  /** A job that never got to run is given up this long after its due instant. */
  retentionSeconds: number;
  /** How long a dead job stays to be seen and retried. */
  deleteAfterSeconds: number;
}

const day = 86_400;

/** What jobs get unless their definition says otherwise; `enqueue_job` gives the same to a queue it has to create. */
export const commonJobSettings: JobSettings = {
  retryLimit: 10,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3600,
  expireInSeconds: 300,
  heartbeatSeconds: 20,
  retentionSeconds: 30 * day,
  deleteAfterSeconds: 30 * day,
};

/**
 * How often the monitor looks for silent workers; one process at a time does, whichever comes first. A killed worker's
 * job is free again after at most heartbeat + supervise + monitor: 45 s.
 */
export const monitorSettings = { superviseIntervalSeconds: 10, monitorIntervalSeconds: 15 };

/** Making (name, key) unique among waiting jobs is what `enqueue_job` relies on. */
export const queuePolicy = "short";
