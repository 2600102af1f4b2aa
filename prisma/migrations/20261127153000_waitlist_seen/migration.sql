-- What was free when somebody joined did not suit them: they wait for what comes free.
ALTER TABLE waitlist_entry ADD COLUMN seen_starts TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];
