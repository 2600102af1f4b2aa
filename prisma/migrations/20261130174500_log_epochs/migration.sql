-- Runs of the log: a position names the one it was taken in, so that it can never point into another history.
CREATE TABLE "log_epoch" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "history" TEXT NOT NULL,
    "run" TEXT NOT NULL,
    "is_break" BOOLEAN NOT NULL,
    "holds_below" BIGINT NOT NULL,
    "next_xid" BIGINT NOT NULL,
    "first_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_epoch_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "log_epoch_position_key" ON "log_epoch"("position");
GRANT SELECT ON log_epoch TO creneau_app;
REVOKE INSERT, UPDATE, DELETE ON log_epoch FROM creneau_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON log_epoch TO creneau_system;

-- Queues whose jobs reach somebody outside: what may have been done in a lost history is not done again by itself.
CREATE TABLE "once_only_queue" (
    "name" TEXT NOT NULL,

    CONSTRAINT "once_only_queue_pkey" PRIMARY KEY ("name")
);
GRANT SELECT, INSERT, DELETE ON once_only_queue TO creneau_app, creneau_system;
