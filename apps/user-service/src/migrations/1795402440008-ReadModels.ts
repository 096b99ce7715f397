import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReadModels1795402440008 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`create table "public"."known_workout_sessions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "sequence" bigint not null, "deleted_at" timestamp with time zone, "team_id" uuid not null, "title" text not null, "status" text not null )`);
    await queryRunner.query(`CREATE INDEX ix_known_workout_sessions_team_id ON public.known_workout_sessions USING btree (team_id)`);
    await queryRunner.query(`alter table "public"."known_workout_sessions" add constraint "pk_known_workout_sessions" PRIMARY KEY (id)`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table "public"."known_workout_sessions"`);
  }
}
