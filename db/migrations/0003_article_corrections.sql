ALTER TABLE `article_edits` ADD `submitted_at` integer;--> statement-breakpoint
ALTER TABLE `article_edits` ADD `note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `corrected_at` integer;