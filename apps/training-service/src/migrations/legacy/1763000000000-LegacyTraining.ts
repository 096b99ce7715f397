import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The baseline of clubs that have been running for years, made by TypeORM's own naming and never by a migration of ours:
 * `migration-adopt --baseline LegacyTraining` compares such a database with it. A new database never runs it.
 */
export class LegacyTraining1763000000000 implements MigrationInterface {
  readonly name = 'LegacyTraining1763000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "workout_sessions" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "title" character varying(255) NOT NULL,
        "createdBy" integer NOT NULL,
        "teamCode" character varying(50),
        "playerIds" integer[] NOT NULL DEFAULT '{}',
        "scheduledAt" timestamp with time zone,
        "metadata" jsonb
      )`);
    await queryRunner.query(`CREATE TABLE "workout_assignments" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "sessionId" uuid NOT NULL,
        "playerId" integer NOT NULL
      )`);
    await queryRunner.query(`CREATE TABLE "player_workout_loads" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "sessionId" uuid NOT NULL,
        "playerId" integer NOT NULL,
        "load" numeric NOT NULL
      )`);
    await queryRunner.query(`CREATE TABLE "notes" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "subjectType" character varying(20) NOT NULL,
        "subjectId" character varying(64) NOT NULL,
        "body" text NOT NULL
      )`);
    await queryRunner.query(`ALTER TABLE "workout_sessions" ADD CONSTRAINT "PK_eea00e05dc78d40b55a588c9f57" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "workout_assignments" ADD CONSTRAINT "PK_a34d177b6b4e1b278a40ae00d9d" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "workout_assignments" ADD CONSTRAINT "FK_916e33478d4f87e0607a09a3517" FOREIGN KEY ("sessionId") REFERENCES "workout_sessions" ("id")`);
    await queryRunner.query(`ALTER TABLE "player_workout_loads" ADD CONSTRAINT "PK_9e0d10c22171b9a1e9b181e6665" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "player_workout_loads" ADD CONSTRAINT "UQ_62c2f7a00cb7e1bf009172caf39" UNIQUE ("sessionId", "playerId")`);
    await queryRunner.query(`ALTER TABLE "player_workout_loads" ADD CONSTRAINT "FK_024276a7e421531b8cd651c9095" FOREIGN KEY ("sessionId") REFERENCES "workout_sessions" ("id")`);
    await queryRunner.query(`ALTER TABLE "notes" ADD CONSTRAINT "PK_af6206538ea96c4e77e9f400c3d" PRIMARY KEY ("id")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "notes"`);
    await queryRunner.query(`DROP TABLE "player_workout_loads"`);
    await queryRunner.query(`DROP TABLE "workout_assignments"`);
    await queryRunner.query(`DROP TABLE "workout_sessions"`);
  }
}
