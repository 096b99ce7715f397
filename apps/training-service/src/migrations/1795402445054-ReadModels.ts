import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReadModels1795402445054 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`create table "public"."known_organizations" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "sequence" bigint not null, "deleted_at" timestamp with time zone, "name" text )`);
    await queryRunner.query(`create table "public"."known_team_memberships" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "sequence" bigint not null, "deleted_at" timestamp with time zone, "team_id" uuid not null, "user_id" uuid not null, "joined_at" timestamp with time zone not null, "left_at" timestamp with time zone )`);
    await queryRunner.query(`create table "public"."known_teams" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "sequence" bigint not null, "deleted_at" timestamp with time zone, "organization_id" uuid, "name" text, "season" text )`);
    await queryRunner.query(`create table "public"."known_users" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "sequence" bigint not null, "deleted_at" timestamp with time zone, "first_name" text, "last_name" text )`);
    await queryRunner.query(`CREATE INDEX ix_known_team_memberships_team_id ON public.known_team_memberships USING btree (team_id)`);
    await queryRunner.query(`CREATE INDEX ix_known_team_memberships_user_id_team_id ON public.known_team_memberships USING btree (user_id, team_id)`);
    await queryRunner.query(`CREATE INDEX ix_known_teams_organization_id ON public.known_teams USING btree (organization_id)`);
    await queryRunner.query(`alter table "public"."known_organizations" add constraint "pk_known_organizations" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."known_team_memberships" add constraint "pk_known_team_memberships" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."known_teams" add constraint "pk_known_teams" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."known_users" add constraint "pk_known_users" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."known_organizations" add constraint "ck_known_organizations_told" CHECK (((deleted_at IS NOT NULL) OR (name IS NOT NULL)))`);
    await queryRunner.query(`alter table "public"."known_teams" add constraint "ck_known_teams_told" CHECK (((deleted_at IS NOT NULL) OR (num_nonnulls(organization_id, name, season) = 3)))`);
    await queryRunner.query(`alter table "public"."known_users" add constraint "ck_known_users_told" CHECK ( CASE WHEN (deleted_at IS NULL) THEN (num_nonnulls(first_name, last_name) = 2) ELSE (num_nonnulls(first_name, last_name) = 0) END)`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table "public"."known_organizations"`);
    await queryRunner.query(`drop table "public"."known_team_memberships"`);
    await queryRunner.query(`drop table "public"."known_teams"`);
    await queryRunner.query(`drop table "public"."known_users"`);
  }
}
