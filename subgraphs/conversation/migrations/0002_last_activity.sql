DROP INDEX "members_list";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "last_activity_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "last_activity_at" timestamp with time zone;--> statement-breakpoint
UPDATE "conversations" SET "last_activity_at" = coalesce((SELECT max("at") FROM "events" WHERE "stream_id" = "conversations"."id"), "created_at");--> statement-breakpoint
UPDATE "members" SET "last_activity_at" = "conversations"."last_activity_at" FROM "conversations" WHERE "conversations"."id" = "members"."conversation_id";--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "last_activity_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ALTER COLUMN "last_activity_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "members_list" ON "members" USING btree ("user_id","last_activity_at" desc,"conversation_id" desc);
