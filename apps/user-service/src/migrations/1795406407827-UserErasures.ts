import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UserErasures1795406407827 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`create table "public"."user_erasures" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "user_id" uuid, "completed_at" timestamp with time zone, "receipt" jsonb )`);
    await queryRunner.query(`CREATE INDEX ix_user_erasures_user_id ON public.user_erasures USING btree (user_id)`);
    await queryRunner.query(`alter table "public"."user_erasures" add constraint "pk_user_erasures" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."user_erasures" add constraint "ck_user_erasures_anonymous" CHECK (((completed_at IS NULL) OR (user_id IS NULL)))`);
    await queryRunner.query(`alter table "public"."user_erasures" add constraint "ck_user_erasures_receipt" CHECK (((completed_at IS NULL) = (receipt IS NULL)))`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table "public"."user_erasures"`);
  }
}
