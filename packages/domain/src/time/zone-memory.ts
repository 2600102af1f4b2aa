import { DAY_MS, type Instant } from "./instant.ts";
import type { DayNumber } from "./local-date.ts";
import { type OffsetReader, offsetReader, type Zone } from "./zone.ts";
import type { ZoneDay } from "./zone-segment.ts";

/**
 * What has been worked out about one zone. Offsets never change for a given runtime, so remembering them does not
 * make a function impure; the memory is bounded because zone names and dates come from requests.
 */
export type ZoneMemory = {
  /** Offset at the start of a UTC day, remembered. */
  readonly offsetAtUtcDay: (utcDay: number) => number;
  /** Offset at any instant, not remembered. */
  readonly readOffset: OffsetReader;
  /** The local date, built by `build` the first time. */
  readonly day: (
    dayNumber: DayNumber,
    build: (memory: ZoneMemory, dayNumber: DayNumber) => ZoneDay,
  ) => ZoneDay;
};

const DAYS_PER_BLOCK = 64;
const BLOCKS_PER_ZONE = 64; // eleven years
const ZONES = 128;

type Block = { readonly offsets: Array<number | undefined>; readonly days: Array<ZoneDay | undefined> };

const zones = new Map<Zone, ZoneMemory>();
let latest: { name: Zone; memory: ZoneMemory } | null = null;

/** The zone's memory, made when first asked for. The least recently used zone gives way beyond 128. */
export function recallZone(name: Zone): ZoneMemory {
  if (latest !== null && latest.name === name) return latest.memory;
  const memory = zones.get(name) ?? createZoneMemory(name);
  keepRecent(zones, name, memory, ZONES);
  latest = { name, memory };
  return memory;
}

/** Forgets every zone: for benchmarks of the cold path, and for a runtime whose time-zone data was replaced. */
export function forgetZones(): void {
  zones.clear();
  latest = null;
}

/** An empty memory for a zone, outside the shared one. */
export function createZoneMemory(name: Zone, readOffset: OffsetReader = offsetReader(name)): ZoneMemory {
  const blocks = new Map<number, Block>();
  let latestKey = Number.NaN;
  let latestBlock: Block = { offsets: [], days: [] };

  // Sixty-four consecutive days share a block, so a sweep over weeks pays for the bookkeeping once or twice.
  function blockOf(day: number): Block {
    const key = Math.floor(day / DAYS_PER_BLOCK);
    if (key === latestKey) return latestBlock;
    latestBlock = blocks.get(key) ?? {
      offsets: new Array(DAYS_PER_BLOCK).fill(undefined),
      days: new Array(DAYS_PER_BLOCK).fill(undefined),
    };
    latestKey = key;
    keepRecent(blocks, key, latestBlock, BLOCKS_PER_ZONE);
    return latestBlock;
  }

  const memory: ZoneMemory = {
    readOffset,
    offsetAtUtcDay(utcDay) {
      const { offsets } = blockOf(utcDay);
      const index = utcDay - latestKey * DAYS_PER_BLOCK;
      const known = offsets[index];
      if (known !== undefined) return known;
      const offset = readOffset((utcDay * DAY_MS) as Instant);
      offsets[index] = offset;
      return offset;
    },
    day(dayNumber, build) {
      const { days } = blockOf(dayNumber);
      const index = dayNumber - latestKey * DAYS_PER_BLOCK;
      const known = days[index];
      if (known !== undefined) return known;
      const day = build(memory, dayNumber); // may move on to a neighbouring block: `days` still names this one
      days[index] = day;
      return day;
    },
  };
  return memory;
}

/** Puts a key last in a map kept in order of use, and drops the first beyond `limit`. */
function keepRecent<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
