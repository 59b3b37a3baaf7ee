CREATE TABLE `notice_copies` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`copy` text NOT NULL,
	`read_at` integer,
	`read_by` integer,
	`received_at` integer,
	`received_by` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_copies_values" CHECK("notice_copies"."copy" in ('A', 'B'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_copies_copy` ON `notice_copies` (`notice_id`,`copy`);--> statement-breakpoint
CREATE TABLE `notice_deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`way` text NOT NULL,
	`at` integer NOT NULL,
	`person` text DEFAULT '' NOT NULL,
	`tracking` text DEFAULT '' NOT NULL,
	`by` integer,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_deliveries_way" CHECK("notice_deliveries"."way" in ('hand', 'left', 'sms', 'post'))
);
--> statement-breakpoint
CREATE INDEX `notice_deliveries_notice` ON `notice_deliveries` (`notice_id`);--> statement-breakpoint
CREATE TABLE `notice_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`at` integer NOT NULL,
	`event` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`party` text NOT NULL,
	`account_id` integer,
	`words` text DEFAULT '' NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_events_event" CHECK("notice_events"."event" in ('draw', 'edit', 'issue', 'deliver', 'receive', 'start', 'submit', 'pass', 'fail', 'askCannotFix', 'refuseCannotFix', 'cannotFix', 'review', 'remind', 'visitPass', 'visitFail', 'relapse', 'void')),
	CONSTRAINT "notice_events_party" CHECK("notice_events"."party" in ('issuer', 'party', 'inspector', 'approver', 'system'))
);
--> statement-breakpoint
CREATE INDEX `notice_events_notice` ON `notice_events` (`notice_id`,`id`);--> statement-breakpoint
CREATE TABLE `notice_photos` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`media_id` text NOT NULL,
	`stage` text NOT NULL,
	`round` integer DEFAULT 0 NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_photos_stage" CHECK("notice_photos"."stage" in ('before', 'after', 'visit'))
);
--> statement-breakpoint
CREATE INDEX `notice_photos_notice` ON `notice_photos` (`notice_id`);--> statement-breakpoint
CREATE INDEX `notice_photos_media` ON `notice_photos` (`media_id`);--> statement-breakpoint
CREATE TABLE `notice_visits` (
	`id` integer PRIMARY KEY NOT NULL,
	`notice_id` integer NOT NULL,
	`nth` integer NOT NULL,
	`day` text NOT NULL,
	`state` text DEFAULT 'planned' NOT NULL,
	`at` integer,
	`by` integer,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_visits_state" CHECK("notice_visits"."state" in ('planned', 'passed', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_visits_nth` ON `notice_visits` (`notice_id`,`nth`);--> statement-breakpoint
CREATE INDEX `notice_visits_day` ON `notice_visits` (`state`,`day`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text,
	`state` text NOT NULL,
	`matter` text NOT NULL,
	`subject_type` text,
	`subject_id` integer,
	`relapse_of` integer,
	`place_id` integer NOT NULL,
	`point` text NOT NULL,
	`legal_basis` text NOT NULL,
	`clause` text NOT NULL,
	`description` text NOT NULL,
	`demand` text NOT NULL,
	`issuer_unit_id` integer NOT NULL,
	`party_kind` text NOT NULL,
	`party_name` text NOT NULL,
	`party_address` text NOT NULL,
	`party_phone_sealed` text,
	`party_phone_hash` text,
	`party_unit_id` integer,
	`look_back` integer DEFAULT false NOT NULL,
	`own_limit` integer,
	`limit_days` integer,
	`issued_at` integer,
	`issued_by` integer,
	`first_due_at` integer,
	`due_at` integer,
	`due_provisional` integer DEFAULT false NOT NULL,
	`received_at` integer,
	`reminded_at` integer,
	`submitted_at` integer,
	`rounds` integer DEFAULT 0 NOT NULL,
	`was_overdue` integer,
	`signed_off_at` integer,
	`signed_off_by` integer,
	`cannot_fix_asked_at` integer,
	`cannot_fix_asked_by` integer,
	`cannot_fix_reason` text DEFAULT '' NOT NULL,
	`cannot_fix_reply` text DEFAULT '' NOT NULL,
	`cannot_fix_at` integer,
	`cannot_fix_by` integer,
	`review_day` text,
	`void_reason` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`relapse_of`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issuer_unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`party_unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notices_state" CHECK("notices"."state" in ('draft', 'issued', 'received', 'fixing', 'submitted', 'signed_off', 'cannot_fix', 'void')),
	CONSTRAINT "notices_matter" CHECK("notices"."matter" in ('STALL', 'PARKING', 'POSTER', 'PILE', 'DRYING', 'LITTER', 'HYGIENE', 'GREEN', 'FACILITY', 'BUILD', 'OTHER')),
	CONSTRAINT "notices_subject_type" CHECK("notices"."subject_type" in ('case', 'finding')),
	CONSTRAINT "notices_party_kind" CHECK("notices"."party_kind" in ('shop', 'unit', 'person'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_number` ON `notices` (`number`);--> statement-breakpoint
CREATE INDEX `notices_state_due` ON `notices` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `notices_first_due` ON `notices` (`first_due_at`);--> statement-breakpoint
CREATE INDEX `notices_place` ON `notices` (`place_id`);--> statement-breakpoint
CREATE INDEX `notices_subject` ON `notices` (`subject_type`,`subject_id`);--> statement-breakpoint
CREATE INDEX `notices_relapse` ON `notices` (`relapse_of`) WHERE relapse_of is not null;--> statement-breakpoint
CREATE TRIGGER `notice_events_no_update` BEFORE UPDATE ON `notice_events` BEGIN SELECT RAISE(ABORT, 'notice_events is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `notice_events_no_delete` BEFORE DELETE ON `notice_events` BEGIN SELECT RAISE(ABORT, 'notice_events is append-only'); END;
