import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Also where the road of clubs ends that had the platform's predecessor; see the folder `legacy`. */
export class InitialSchema1764000000000 implements MigrationInterface {
  static replaces = [
    'LegacyUsers',
    'LegacyDecisions',
    'UsersAddUuidColumns',
    'UsersGenerateUuids',
    'UsersUpdateReferences',
    'UsersSwitchPrimaryKeys',
    'UsersRemoveNumericIds',
    'LegacyToTarget',
  ];

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`create type "public"."guardianships_relationship_enum" as enum ('parent', 'step_parent', 'foster_parent', 'grandparent', 'legal_guardian', 'other')`);
    await queryRunner.query(`create type "public"."login_attempts_failure_enum" as enum ('unknown_user', 'wrong_password', 'inactive_user', 'too_many_attempts')`);
    await queryRunner.query(`create type "public"."organizations_subscription_tier_enum" as enum ('free', 'basic', 'premium', 'enterprise')`);
    await queryRunner.query(`create type "public"."team_memberships_position_enum" as enum ('goaltender', 'defender', 'forward', 'center', 'left_wing', 'right_wing')`);
    await queryRunner.query(`create type "public"."teams_team_type_enum" as enum ('youth', 'junior', 'senior', 'recreational')`);
    await queryRunner.query(`create type "public"."users_handedness_enum" as enum ('left', 'right', 'ambidextrous')`);
    await queryRunner.query(`create table "public"."guardianships" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "parent_id" uuid not null, "child_id" uuid not null, "relationship" guardianships_relationship_enum not null default 'parent'::guardianships_relationship_enum, "is_primary_contact" boolean not null default false )`);
    await queryRunner.query(`create table "public"."login_attempts" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "email" character varying(255) not null, "user_id" uuid, "succeeded" boolean not null, "failure" login_attempts_failure_enum, "ip_address" inet not null, "user_agent" character varying(512), "attempted_at" timestamp with time zone not null default now() )`);
    await queryRunner.query(`create table "public"."organization_memberships" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "user_id" uuid not null, "organization_id" uuid not null, "role_id" uuid not null, "joined_at" timestamp with time zone not null default now(), "is_active" boolean not null default true )`);
    await queryRunner.query(`create table "public"."organizations" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "name" character varying(150) not null, "subdomain" character varying(63) not null, "logo_url" character varying(2048), "primary_color" character varying(7), "secondary_color" character varying(7), "subscription_tier" organizations_subscription_tier_enum not null default 'free'::organizations_subscription_tier_enum, "subscription_expires_at" timestamp with time zone, "is_active" boolean not null default true )`);
    await queryRunner.query(`create table "public"."password_reset_tokens" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "user_id" uuid not null, "token_hash" character varying(64) not null, "expires_at" timestamp with time zone not null, "used_at" timestamp with time zone )`);
    await queryRunner.query(`create table "public"."permissions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "name" character varying(100) not null, "description" character varying(255) not null )`);
    await queryRunner.query(`create table "public"."refresh_tokens" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "user_id" uuid not null, "token_hash" character varying(64) not null, "expires_at" timestamp with time zone not null, "revoked_at" timestamp with time zone )`);
    await queryRunner.query(`create table "public"."role_permissions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "role_id" uuid not null, "permission_id" uuid not null )`);
    await queryRunner.query(`create table "public"."roles" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "name" character varying(50) not null, "description" character varying(255) not null, "is_system" boolean not null default false )`);
    await queryRunner.query(`create table "public"."team_memberships" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "team_id" uuid not null, "user_id" uuid not null, "role_id" uuid not null, "jersey_number" smallint, "position" team_memberships_position_enum, "joined_at" timestamp with time zone not null default now(), "left_at" timestamp with time zone )`);
    await queryRunner.query(`create table "public"."teams" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "organization_id" uuid not null, "name" character varying(100) not null, "team_type" teams_team_type_enum not null, "age_group" character varying(20), "season" character varying(9) not null, "logo_url" character varying(2048), "is_active" boolean not null default true )`);
    await queryRunner.query(`create table "public"."users" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "email" character varying(255) not null, "password_hash" character varying(255) not null, "first_name" character varying(100) not null, "last_name" character varying(100) not null, "phone" character varying(16), "date_of_birth" date, "handedness" users_handedness_enum, "profile_image_url" character varying(2048), "is_active" boolean not null default true, "email_verified" boolean not null default false, "last_login_at" timestamp with time zone, "preferred_language" character varying(35) not null default 'en'::character varying )`);
    await queryRunner.query(`CREATE INDEX ix_guardianships_child_id ON public.guardianships USING btree (child_id)`);
    await queryRunner.query(`CREATE INDEX ix_login_attempts_email_attempted_at ON public.login_attempts USING btree (email, attempted_at)`);
    await queryRunner.query(`CREATE INDEX ix_login_attempts_ip_address_attempted_at ON public.login_attempts USING btree (ip_address, attempted_at)`);
    await queryRunner.query(`CREATE INDEX ix_login_attempts_user_id ON public.login_attempts USING btree (user_id)`);
    await queryRunner.query(`CREATE INDEX ix_organization_memberships_organization_id ON public.organization_memberships USING btree (organization_id)`);
    await queryRunner.query(`CREATE INDEX ix_organization_memberships_role_id ON public.organization_memberships USING btree (role_id)`);
    await queryRunner.query(`CREATE INDEX ix_password_reset_tokens_expires_at ON public.password_reset_tokens USING btree (expires_at)`);
    await queryRunner.query(`CREATE INDEX ix_password_reset_tokens_user_id ON public.password_reset_tokens USING btree (user_id)`);
    await queryRunner.query(`CREATE INDEX ix_refresh_tokens_expires_at ON public.refresh_tokens USING btree (expires_at)`);
    await queryRunner.query(`CREATE INDEX ix_refresh_tokens_user_id ON public.refresh_tokens USING btree (user_id)`);
    await queryRunner.query(`CREATE INDEX ix_role_permissions_permission_id ON public.role_permissions USING btree (permission_id)`);
    await queryRunner.query(`CREATE INDEX ix_team_memberships_role_id ON public.team_memberships USING btree (role_id)`);
    await queryRunner.query(`CREATE INDEX ix_team_memberships_team_id ON public.team_memberships USING btree (team_id)`);
    await queryRunner.query(`CREATE INDEX ix_team_memberships_user_id ON public.team_memberships USING btree (user_id)`);
    await queryRunner.query(`CREATE UNIQUE INDEX uq_team_memberships_open ON public.team_memberships USING btree (team_id, user_id) WHERE (left_at IS NULL)`);
    await queryRunner.query(`alter table "public"."guardianships" add constraint "pk_guardianships" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."login_attempts" add constraint "pk_login_attempts" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."organization_memberships" add constraint "pk_organization_memberships" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "pk_organizations" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" add constraint "pk_password_reset_tokens" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."permissions" add constraint "pk_permissions" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."refresh_tokens" add constraint "pk_refresh_tokens" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."role_permissions" add constraint "pk_role_permissions" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."roles" add constraint "pk_roles" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "pk_team_memberships" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."teams" add constraint "pk_teams" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."users" add constraint "pk_users" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."guardianships" add constraint "ck_guardianships_two_people" CHECK ((parent_id <> child_id))`);
    await queryRunner.query(`alter table "public"."guardianships" add constraint "fk_guardianships_child_id" FOREIGN KEY (child_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."guardianships" add constraint "fk_guardianships_parent_id" FOREIGN KEY (parent_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."guardianships" add constraint "uq_guardianships_parent_id_child_id" UNIQUE (parent_id, child_id)`);
    await queryRunner.query(`alter table "public"."login_attempts" add constraint "ck_login_attempts_email" CHECK (((email)::text = lower((email)::text)))`);
    await queryRunner.query(`alter table "public"."login_attempts" add constraint "ck_login_attempts_outcome" CHECK ((succeeded = (failure IS NULL)))`);
    await queryRunner.query(`alter table "public"."login_attempts" add constraint "fk_login_attempts_user_id" FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL`);
    await queryRunner.query(`alter table "public"."organization_memberships" add constraint "fk_organization_memberships_organization_id" FOREIGN KEY (organization_id) REFERENCES organizations(id)`);
    await queryRunner.query(`alter table "public"."organization_memberships" add constraint "fk_organization_memberships_role_id" FOREIGN KEY (role_id) REFERENCES roles(id)`);
    await queryRunner.query(`alter table "public"."organization_memberships" add constraint "fk_organization_memberships_user_id" FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."organization_memberships" add constraint "uq_organization_memberships_user_id_organization_id" UNIQUE (user_id, organization_id)`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "ck_organizations_logo_url" CHECK (((logo_url)::text ~ '^https?://'::text))`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "ck_organizations_name" CHECK ((btrim((name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "ck_organizations_primary_color" CHECK (((primary_color)::text ~ '^#[0-9a-f]{6}$'::text))`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "ck_organizations_secondary_color" CHECK (((secondary_color)::text ~ '^#[0-9a-f]{6}$'::text))`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "ck_organizations_subdomain" CHECK (((subdomain)::text ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::text))`);
    await queryRunner.query(`alter table "public"."organizations" add constraint "uq_organizations_subdomain" UNIQUE (subdomain)`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" add constraint "ck_password_reset_tokens_expires_at" CHECK ((expires_at > created_at))`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" add constraint "ck_password_reset_tokens_token_hash" CHECK (((token_hash)::text ~ '^[0-9a-f]{64}$'::text))`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" add constraint "fk_password_reset_tokens_user_id" FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" add constraint "uq_password_reset_tokens_token_hash" UNIQUE (token_hash)`);
    await queryRunner.query(`alter table "public"."permissions" add constraint "ck_permissions_name" CHECK (((name)::text ~ '^[a-z]+([.][a-z]+(_[a-z]+)*){2}$'::text))`);
    await queryRunner.query(`alter table "public"."permissions" add constraint "uq_permissions_name" UNIQUE (name)`);
    await queryRunner.query(`alter table "public"."refresh_tokens" add constraint "ck_refresh_tokens_expires_at" CHECK ((expires_at > created_at))`);
    await queryRunner.query(`alter table "public"."refresh_tokens" add constraint "ck_refresh_tokens_token_hash" CHECK (((token_hash)::text ~ '^[0-9a-f]{64}$'::text))`);
    await queryRunner.query(`alter table "public"."refresh_tokens" add constraint "fk_refresh_tokens_user_id" FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."refresh_tokens" add constraint "uq_refresh_tokens_token_hash" UNIQUE (token_hash)`);
    await queryRunner.query(`alter table "public"."role_permissions" add constraint "fk_role_permissions_permission_id" FOREIGN KEY (permission_id) REFERENCES permissions(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."role_permissions" add constraint "fk_role_permissions_role_id" FOREIGN KEY (role_id) REFERENCES roles(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."role_permissions" add constraint "uq_role_permissions_role_id_permission_id" UNIQUE (role_id, permission_id)`);
    await queryRunner.query(`alter table "public"."roles" add constraint "ck_roles_name" CHECK (((name)::text ~ '^[a-z]+(_[a-z]+)*$'::text))`);
    await queryRunner.query(`alter table "public"."roles" add constraint "uq_roles_name" UNIQUE (name)`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "ck_team_memberships_jersey_number" CHECK (((jersey_number >= 1) AND (jersey_number <= 99)))`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "ck_team_memberships_left_at" CHECK ((left_at >= joined_at))`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "fk_team_memberships_role_id" FOREIGN KEY (role_id) REFERENCES roles(id)`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "fk_team_memberships_team_id" FOREIGN KEY (team_id) REFERENCES teams(id)`);
    await queryRunner.query(`alter table "public"."team_memberships" add constraint "fk_team_memberships_user_id" FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."teams" add constraint "ck_teams_age_group" CHECK ((btrim((age_group)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."teams" add constraint "ck_teams_logo_url" CHECK (((logo_url)::text ~ '^https?://'::text))`);
    await queryRunner.query(`alter table "public"."teams" add constraint "ck_teams_name" CHECK ((btrim((name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."teams" add constraint "ck_teams_season" CHECK (((season)::text ~ '^[0-9]{4}(-[0-9]{4})?$'::text))`);
    await queryRunner.query(`alter table "public"."teams" add constraint "fk_teams_organization_id" FOREIGN KEY (organization_id) REFERENCES organizations(id)`);
    await queryRunner.query(`alter table "public"."teams" add constraint "uq_teams_organization_id_name_season" UNIQUE (organization_id, name, season)`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_date_of_birth" CHECK ((date_of_birth >= '1900-01-01'::date))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_email" CHECK (((email)::text = lower((email)::text)))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_first_name" CHECK ((btrim((first_name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_last_name" CHECK ((btrim((last_name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_password_hash" CHECK (((password_hash)::text ~ '^[$](argon2id|2[abxy])[$]'::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_phone" CHECK (((phone)::text ~ '^[+][1-9][0-9]{6,14}$'::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_preferred_language" CHECK (((preferred_language)::text ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "ck_users_profile_image_url" CHECK (((profile_image_url)::text ~ '^https?://'::text))`);
    await queryRunner.query(`alter table "public"."users" add constraint "uq_users_email" UNIQUE (email)`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table "public"."guardianships" drop constraint "fk_guardianships_child_id"`);
    await queryRunner.query(`alter table "public"."guardianships" drop constraint "fk_guardianships_parent_id"`);
    await queryRunner.query(`alter table "public"."login_attempts" drop constraint "fk_login_attempts_user_id"`);
    await queryRunner.query(`alter table "public"."organization_memberships" drop constraint "fk_organization_memberships_organization_id"`);
    await queryRunner.query(`alter table "public"."organization_memberships" drop constraint "fk_organization_memberships_role_id"`);
    await queryRunner.query(`alter table "public"."organization_memberships" drop constraint "fk_organization_memberships_user_id"`);
    await queryRunner.query(`alter table "public"."password_reset_tokens" drop constraint "fk_password_reset_tokens_user_id"`);
    await queryRunner.query(`alter table "public"."refresh_tokens" drop constraint "fk_refresh_tokens_user_id"`);
    await queryRunner.query(`alter table "public"."role_permissions" drop constraint "fk_role_permissions_permission_id"`);
    await queryRunner.query(`alter table "public"."role_permissions" drop constraint "fk_role_permissions_role_id"`);
    await queryRunner.query(`alter table "public"."team_memberships" drop constraint "fk_team_memberships_role_id"`);
    await queryRunner.query(`alter table "public"."team_memberships" drop constraint "fk_team_memberships_team_id"`);
    await queryRunner.query(`alter table "public"."team_memberships" drop constraint "fk_team_memberships_user_id"`);
    await queryRunner.query(`alter table "public"."teams" drop constraint "fk_teams_organization_id"`);
    await queryRunner.query(`drop table "public"."guardianships"`);
    await queryRunner.query(`drop table "public"."login_attempts"`);
    await queryRunner.query(`drop table "public"."organization_memberships"`);
    await queryRunner.query(`drop table "public"."organizations"`);
    await queryRunner.query(`drop table "public"."password_reset_tokens"`);
    await queryRunner.query(`drop table "public"."permissions"`);
    await queryRunner.query(`drop table "public"."refresh_tokens"`);
    await queryRunner.query(`drop table "public"."role_permissions"`);
    await queryRunner.query(`drop table "public"."roles"`);
    await queryRunner.query(`drop table "public"."team_memberships"`);
    await queryRunner.query(`drop table "public"."teams"`);
    await queryRunner.query(`drop table "public"."users"`);
    await queryRunner.query(`drop type "public"."guardianships_relationship_enum"`);
    await queryRunner.query(`drop type "public"."login_attempts_failure_enum"`);
    await queryRunner.query(`drop type "public"."organizations_subscription_tier_enum"`);
    await queryRunner.query(`drop type "public"."team_memberships_position_enum"`);
    await queryRunner.query(`drop type "public"."teams_team_type_enum"`);
    await queryRunner.query(`drop type "public"."users_handedness_enum"`);
  }
}
