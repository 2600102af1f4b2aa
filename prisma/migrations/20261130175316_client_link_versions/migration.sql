-- AlterTable
ALTER TABLE "client" ADD COLUMN     "link_version" INTEGER NOT NULL DEFAULT 0;
