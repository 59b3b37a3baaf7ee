CREATE TABLE `article_edits` (
	`id` integer PRIMARY KEY NOT NULL,
	`article_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`base_version` integer NOT NULL,
	`fields` text NOT NULL,
	`saved_at` integer NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `article_edits_owner` ON `article_edits` (`article_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `topics` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`summary` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `topics_name` ON `topics` (`name`);--> statement-breakpoint
ALTER TABLE `articles` ADD `edited_by` integer;