DROP INDEX "user_search_terms_prefix";--> statement-breakpoint
CREATE INDEX "user_search_terms_order" ON "user_search_terms" USING btree ("term" text_pattern_ops,"user_id");