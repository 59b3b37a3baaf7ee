CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`password_at` integer NOT NULL,
	`must_change` integer DEFAULT false NOT NULL,
	`totp_sealed` text,
	`totp_at` integer,
	`unit_id` integer,
	`state` text DEFAULT 'active' NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "accounts_state" CHECK("accounts"."state" in ('active', 'disabled'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_username` ON `accounts` (`username`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`role` text NOT NULL,
	`place_id` integer NOT NULL,
	`categories` text,
	`from_at` integer NOT NULL,
	`to_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grants_role" CHECK("grants"."role" in ('dutyHolder', 'operator', 'dispatcher', 'handler', 'unitHead', 'rights', 'inspector', 'assessor', 'discipline', 'editor', 'approver', 'community', 'street', 'district', 'councilMember', 'secretary', 'president', 'treasurer', 'sysAdmin', 'secAdmin', 'auditor'))
);
--> statement-breakpoint
CREATE INDEX `grants_account` ON `grants` (`account_id`);--> statement-breakpoint
CREATE TABLE `known_devices` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `known_devices_account` ON `known_devices` (`account_id`);--> statement-breakpoint
CREATE TABLE `phone_codes` (
	`id` integer PRIMARY KEY NOT NULL,
	`phone_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`code_hash` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`used_at` integer,
	CONSTRAINT "phone_codes_purpose" CHECK("phone_codes"."purpose" in ('signIn', 'verifyPhone', 'findCases', 'openCase'))
);
--> statement-breakpoint
CREATE INDEX `phone_codes_phone` ON `phone_codes` (`phone_hash`,`at`);--> statement-breakpoint
CREATE TABLE `residents` (
	`id` integer PRIMARY KEY NOT NULL,
	`phone_hash` text NOT NULL,
	`phone_sealed` text,
	`community_id` integer,
	`created_at` integer NOT NULL,
	`anonymised_at` integer,
	FOREIGN KEY (`community_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `residents_phone` ON `residents` (`phone_hash`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`account_id` integer,
	`resident_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`device` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resident_id`) REFERENCES `residents`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_kind" CHECK("sessions"."kind" in ('staff', 'resident', 'publicComputer'))
);
--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE INDEX `sessions_resident` ON `sessions` (`resident_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`account_id` integer,
	`resident_id` integer,
	`subject` text NOT NULL,
	`address` text NOT NULL,
	`device` text NOT NULL,
	`result` text NOT NULL,
	CONSTRAINT "sign_ins_result" CHECK("sign_ins"."result" in ('ok', 'wrong', 'needsCode', 'wrongCode', 'throttled', 'disabled', 'signedOut'))
);
--> statement-breakpoint
CREATE INDEX `sign_ins_subject` ON `sign_ins` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `sign_ins_address` ON `sign_ins` (`address`,`at`);--> statement-breakpoint
CREATE INDEX `sign_ins_at` ON `sign_ins` (`at`);--> statement-breakpoint
CREATE TABLE `workdays` (
	`date` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	CONSTRAINT "workdays_kind" CHECK("workdays"."kind" in ('off', 'work'))
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_roles` text NOT NULL,
	`action` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`detail` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entity` ON `audit` (`entity`,`entity_id`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `form_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`location` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `form_answers_at` ON `form_answers` (`at`);--> statement-breakpoint
CREATE TABLE `kept_posts` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`path` text NOT NULL,
	`sealed` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `page_reads` (
	`key` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`day` text NOT NULL,
	`people` integer NOT NULL,
	`bots` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `page_reads_path` ON `page_reads` (`path`);--> statement-breakpoint
CREATE TABLE `purges` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`origin` text NOT NULL,
	`tags` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sequences` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `honorees` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`class` text,
	`period` text NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`place_id` integer NOT NULL,
	`deeds` text NOT NULL,
	`story` text NOT NULL,
	`photo_id` text,
	`photo_scene` text,
	`photo_alt` text DEFAULT '' NOT NULL,
	`consent_at` integer,
	`state` text NOT NULL,
	`listed_at` integer,
	`revoked_at` integer,
	`revoke_reason` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`photo_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "honorees_kind" CHECK("honorees"."kind" in ('goodPeople', 'moralModel', 'fiveGoodFamily', 'civilizedFamily', 'beautifulFamily', 'civilizedCitizen', 'civilizedBuilding', 'civilizedCommunity', 'civilizedUnit', 'hygieneHousehold', 'hygieneShop')),
	CONSTRAINT "honorees_class" CHECK("honorees"."class" in ('helpful', 'brave', 'honest', 'dedicated', 'filial')),
	CONSTRAINT "honorees_subject" CHECK("honorees"."subject" in ('person', 'household', 'unit')),
	CONSTRAINT "honorees_state" CHECK("honorees"."state" in ('candidate', 'publicity', 'listed', 'revoked'))
);
--> statement-breakpoint
CREATE INDEX `honorees_roll` ON `honorees` (`kind`,`state`,`period`);--> statement-breakpoint
CREATE INDEX `honorees_place` ON `honorees` (`place_id`);--> statement-breakpoint
CREATE TABLE `case_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`case_id` integer NOT NULL,
	`complaint_id` integer,
	`at` integer NOT NULL,
	`event` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`party` text NOT NULL,
	`account_id` integer,
	`unit_id` integer,
	`public_text` text DEFAULT '' NOT NULL,
	`internal_text` text DEFAULT '' NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_events_event" CHECK("case_events"."event" in ('file', 'askInfo', 'supply', 'refuse', 'reconsider', 'accept', 'refer', 'referralReturned', 'dispatch', 'sign', 'return', 'rule', 'answer', 'sendBack', 'approve', 'confirm', 'dispute', 'lapse', 'reassign', 'giveUp', 'contact', 'followOk', 'followBad', 'signOff', 'reopen', 'terminate', 'merge', 'unmerge', 'withdraw', 'askExtension', 'extend', 'remind', 'card', 'comment')),
	CONSTRAINT "case_events_party" CHECK("case_events"."party" in ('complainant', 'operator', 'dispatcher', 'handler', 'inspector', 'system'))
);
--> statement-breakpoint
CREATE INDEX `case_events_case` ON `case_events` (`case_id`,`id`);--> statement-breakpoint
CREATE INDEX `case_events_at` ON `case_events` (`at`);--> statement-breakpoint
CREATE TABLE `case_helpers` (
	`id` integer PRIMARY KEY NOT NULL,
	`case_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_helpers_unit` ON `case_helpers` (`case_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `case_photos` (
	`id` integer PRIMARY KEY NOT NULL,
	`case_id` integer NOT NULL,
	`complaint_id` integer,
	`media_id` text NOT NULL,
	`stage` text NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_photos_stage" CHECK("case_photos"."stage" in ('before', 'supplement', 'after')),
	CONSTRAINT "case_photos_state" CHECK("case_photos"."state" in ('pending', 'published', 'hidden'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_photos_media` ON `case_photos` (`media_id`);--> statement-breakpoint
CREATE INDEX `case_photos_case` ON `case_photos` (`case_id`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`state` text NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`flags` text DEFAULT '[]' NOT NULL,
	`urgency` text DEFAULT 'ordinary' NOT NULL,
	`place_id` integer NOT NULL,
	`lead_unit_id` integer,
	`about_unit_id` integer,
	`filed_at` integer NOT NULL,
	`accepted_at` integer,
	`due_at` integer,
	`first_due_at` integer,
	`due_provisional` integer DEFAULT false NOT NULL,
	`limit_rule` text,
	`paused_at` integer,
	`paused_from` text,
	`extensions` integer DEFAULT 0 NOT NULL,
	`dispatches` integer DEFAULT 0 NOT NULL,
	`returns` integer DEFAULT 0 NOT NULL,
	`redos` integer DEFAULT 0 NOT NULL,
	`first_contact_at` integer,
	`first_answered_at` integer,
	`answered_at` integer,
	`was_overdue` integer,
	`closed_at` integer,
	`outcome` text,
	`refusal_code` text,
	`referred_to` text,
	`duplicate_of` integer,
	`public_title` text DEFAULT '' NOT NULL,
	`answer_text` text DEFAULT '' NOT NULL,
	`answer_unit_id` integer,
	`publication` text DEFAULT 'pending' NOT NULL,
	`published_at` integer,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`about_unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`duplicate_of`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answer_unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cases_state" CHECK("cases"."state" in ('filed', 'needs_info', 'refused', 'referred', 'accepted', 'dispatched', 'handling', 'returned', 'answered', 'follow_up', 'closed', 'signed_off', 'redo', 'terminated', 'merged', 'withdrawn')),
	CONSTRAINT "cases_kind" CHECK("cases"."kind" in ('consult', 'help', 'complaint', 'tipoff', 'suggestion')),
	CONSTRAINT "cases_urgency" CHECK("cases"."urgency" in ('emergency', 'utilities', 'ordinary', 'complex')),
	CONSTRAINT "cases_outcome" CHECK("cases"."outcome" in ('fixed', 'explained', 'provided', 'unsubstantiated')),
	CONSTRAINT "cases_refusal" CHECK("cases"."refusal_code" in ('notGov', 'emergency', 'partyCourtArmy', 'inProcess', 'secret', 'repeat', 'unlawful')),
	CONSTRAINT "cases_publication" CHECK("cases"."publication" in ('pending', 'published', 'hidden'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`number`);--> statement-breakpoint
CREATE INDEX `cases_state_due` ON `cases` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `cases_place` ON `cases` (`place_id`);--> statement-breakpoint
CREATE INDEX `cases_lead` ON `cases` (`lead_unit_id`,`state`);--> statement-breakpoint
CREATE INDEX `cases_public` ON `cases` (`publication`,`filed_at`);--> statement-breakpoint
CREATE INDEX `cases_filed` ON `cases` (`filed_at`);--> statement-breakpoint
CREATE TABLE `categories` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`group_name` text NOT NULL,
	`hint` text NOT NULL,
	`open_rule` text NOT NULL,
	`close_rule` text NOT NULL,
	`limits` text NOT NULL,
	`public_place` integer DEFAULT false NOT NULL,
	`fixable` integer DEFAULT true NOT NULL,
	`position` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `categories_current` ON `categories` (`code`) WHERE valid_to is null;--> statement-breakpoint
CREATE TABLE `complaints` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`case_id` integer NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`import_key` text,
	`category` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`public_body` text,
	`place_id` integer NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`lat` real,
	`lng` real,
	`secrecy` text NOT NULL,
	`share_contact` integer DEFAULT false NOT NULL,
	`call_back` integer DEFAULT false NOT NULL,
	`name_sealed` text,
	`phone_sealed` text,
	`phone_hash` text,
	`phone_verified_at` integer,
	`resident_id` integer,
	`review` integer DEFAULT false NOT NULL,
	`words_public` text DEFAULT 'pending' NOT NULL,
	`filed_by` integer,
	`consent_version` text NOT NULL,
	`filed_at` integer NOT NULL,
	`withdrawn_at` integer,
	`anonymised_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resident_id`) REFERENCES `residents`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "complaints_kind" CHECK("complaints"."kind" in ('consult', 'help', 'complaint', 'tipoff', 'suggestion')),
	CONSTRAINT "complaints_channel_values" CHECK("complaints"."channel" in ('web', 'phone', 'onsite', 'letter', 'open311', 'import')),
	CONSTRAINT "complaints_secrecy" CHECK("complaints"."secrecy" in ('open', 'closed', 'secret')),
	CONSTRAINT "complaints_words" CHECK("complaints"."words_public" in ('pending', 'published', 'hidden'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `complaints_number` ON `complaints` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `complaints_import` ON `complaints` (`import_key`) WHERE import_key is not null;--> statement-breakpoint
CREATE INDEX `complaints_case` ON `complaints` (`case_id`);--> statement-breakpoint
CREATE INDEX `complaints_phone` ON `complaints` (`phone_hash`,`filed_at`);--> statement-breakpoint
CREATE INDEX `complaints_channel` ON `complaints` (`channel`,`filed_at`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`complaint_id` integer,
	`resident_id` integer,
	`purpose` text NOT NULL,
	`policy_version` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`complaint_id`) REFERENCES `complaints`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resident_id`) REFERENCES `residents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_complaint` ON `consents` (`complaint_id`);--> statement-breakpoint
CREATE INDEX `consents_resident` ON `consents` (`resident_id`);--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`mime` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`width` integer,
	`height` integer,
	`name` text NOT NULL,
	`alt` text DEFAULT '' NOT NULL,
	`by` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "media_kind" CHECK("media"."kind" in ('image', 'file')),
	CONSTRAINT "media_state_values" CHECK("media"."state" in ('staged', 'private', 'public')),
	CONSTRAINT "media_purpose" CHECK("media"."purpose" in ('complaint', 'handling', 'article', 'honor', 'demo'))
);
--> statement-breakpoint
CREATE INDEX `media_state` ON `media` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `article_attachments` (
	`id` integer PRIMARY KEY NOT NULL,
	`article_id` integer NOT NULL,
	`media_id` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `article_attachments_media` ON `article_attachments` (`article_id`,`media_id`);--> statement-breakpoint
CREATE TABLE `article_links` (
	`id` integer PRIMARY KEY NOT NULL,
	`a` integer NOT NULL,
	`b` integer NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`a`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`b`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "article_links_kind" CHECK("article_links"."kind" in ('related', 'interprets'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `article_links_pair` ON `article_links` (`a`,`b`);--> statement-breakpoint
CREATE INDEX `article_links_b` ON `article_links` (`b`);--> statement-breakpoint
CREATE TABLE `articles` (
	`id` integer PRIMARY KEY NOT NULL,
	`column_id` text NOT NULL,
	`state` text DEFAULT 'draft' NOT NULL,
	`kicker` text DEFAULT '' NOT NULL,
	`title` text NOT NULL,
	`subtitle` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`author` text DEFAULT '' NOT NULL,
	`editor` text DEFAULT '' NOT NULL,
	`summary` text DEFAULT '' NOT NULL,
	`body_html` text DEFAULT '' NOT NULL,
	`cover_id` text,
	`cover_scene` text,
	`cover_alt` text DEFAULT '' NOT NULL,
	`topic` text DEFAULT '' NOT NULL,
	`serial_kind` text,
	`serial_year` integer,
	`serial_issue` integer,
	`first_published_at` integer,
	`withdrawn_at` integer,
	`withdraw_reason` text DEFAULT '' NOT NULL,
	`return_reason` text DEFAULT '' NOT NULL,
	`author_id` integer,
	`approver_id` integer,
	`origin_hash` text,
	`origin` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cover_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "articles_state" CHECK("articles"."state" in ('draft', 'review', 'published', 'withdrawn')),
	CONSTRAINT "articles_serial_kind" CHECK("articles"."serial_kind" in ('bulletin', 'exchange'))
);
--> statement-breakpoint
CREATE INDEX `articles_column` ON `articles` (`column_id`,`state`,`first_published_at`);--> statement-breakpoint
CREATE INDEX `articles_published` ON `articles` (`state`,`first_published_at`);--> statement-breakpoint
CREATE INDEX `articles_topic` ON `articles` (`topic`);--> statement-breakpoint
CREATE UNIQUE INDEX `articles_origin` ON `articles` (`origin_hash`) WHERE origin_hash is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `articles_serial` ON `articles` (`serial_kind`,`serial_year`,`serial_issue`) WHERE serial_kind is not null;--> statement-breakpoint
CREATE TABLE `columns` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`keywords` text NOT NULL,
	`type` text NOT NULL,
	`position` integer NOT NULL,
	`hidden` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `columns_parent` ON `columns` (`parent_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`to_sealed` text NOT NULL,
	`to_hash` text NOT NULL,
	`template` text NOT NULL,
	`params_sealed` text NOT NULL,
	`event` text NOT NULL,
	`about` text,
	`state` text DEFAULT 'queued' NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`failure` text,
	CONSTRAINT "outbox_channel" CHECK("outbox"."channel" in ('sms', 'mail', 'site')),
	CONSTRAINT "outbox_state" CHECK("outbox"."state" in ('queued', 'sent', 'failed', 'capped', 'held'))
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_to` ON `outbox` (`to_hash`,`created_at`);--> statement-breakpoint
CREATE TABLE `duty_areas` (
	`id` integer PRIMARY KEY NOT NULL,
	`place_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "duty_areas_kind" CHECK("duty_areas"."kind" in ('patch', 'road', 'building'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `duty_areas_name` ON `duty_areas` (`place_id`,`kind`,`name`);--> statement-breakpoint
CREATE TABLE `duty_assignments` (
	`id` integer PRIMARY KEY NOT NULL,
	`area_id` integer NOT NULL,
	`role` text NOT NULL,
	`person` text NOT NULL,
	`phone_sealed` text,
	`phone_public` integer DEFAULT false NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	FOREIGN KEY (`area_id`) REFERENCES `duty_areas`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "duty_assignments_role" CHECK("duty_assignments"."role" in ('lead', 'cadre', 'gridWorker', 'head', 'publicist', 'security', 'mediator', 'hygiene', 'familyPlanning'))
);
--> statement-breakpoint
CREATE INDEX `duty_assignments_area` ON `duty_assignments` (`area_id`);--> statement-breakpoint
CREATE TABLE `org_units` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`place_id` integer NOT NULL,
	`duties` text DEFAULT '' NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "org_units_kind" CHECK("org_units"."kind" in ('office', 'department', 'street', 'community', 'property', 'utility', 'partner'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `org_units_code` ON `org_units` (`code`);--> statement-breakpoint
CREATE TABLE `place_answers` (
	`id` integer PRIMARY KEY NOT NULL,
	`place_id` integer NOT NULL,
	`matter` text NOT NULL,
	`unit_id` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `org_units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `place_answers_place` ON `place_answers` (`place_id`);--> statement-breakpoint
CREATE TABLE `places` (
	`id` integer PRIMARY KEY NOT NULL,
	`level` text NOT NULL,
	`parent_id` integer,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`lat` real,
	`lng` real,
	`introduction` text DEFAULT '' NOT NULL,
	`office_address` text DEFAULT '' NOT NULL,
	`office_hours` text DEFAULT '' NOT NULL,
	`office_phone` text DEFAULT '' NOT NULL,
	`covenant` text DEFAULT '[]' NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`parent_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "places_level" CHECK("places"."level" in ('city', 'district', 'street', 'community', 'grid', 'building'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `places_code` ON `places` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `places_path` ON `places` (`path`);--> statement-breakpoint
CREATE INDEX `places_parent` ON `places` (`parent_id`);--> statement-breakpoint
CREATE TABLE `search_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`url` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`facet` text NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT "search_entries_kind" CHECK("search_entries"."kind" in ('article', 'bulletin', 'honor', 'case', 'community'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_entries_ref` ON `search_entries` (`kind`,`ref`);--> statement-breakpoint
CREATE INDEX `search_entries_facet` ON `search_entries` (`facet`);--> statement-breakpoint
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`by` integer
);
--> statement-breakpoint
CREATE INDEX `settings_key` ON `settings` (`key`,`valid_from`);