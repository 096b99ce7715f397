import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The baseline of clubs that have been running for years, made by TypeORM's own naming and never by a migration of ours:
 * `migration-adopt --baseline LegacyUsers` compares such a database with it. A new database never runs it.
 */
export class LegacyUsers1763000000000 implements MigrationInterface {
  readonly name = 'LegacyUsers1763000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "users" (
        "id" serial NOT NULL,
        "email" character varying(255) NOT NULL,
        "password" character varying(255) NOT NULL,
        "firstName" character varying(100),
        "lastName" character varying(100),
        "role" character varying(50) NOT NULL,
        "status" character varying(20) NOT NULL DEFAULT 'active',
        "teamCode" character varying(50),
        "lastLogin" timestamp with time zone,
        "refreshToken" character varying(255),
        "createdAt" timestamp with time zone NOT NULL DEFAULT now(),
        "updatedAt" timestamp with time zone NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`CREATE TABLE "sessions" (
        "id" serial NOT NULL,
        "userId" integer NOT NULL,
        "token" character varying(255) NOT NULL,
        "expiresAt" timestamp with time zone NOT NULL
      )`);
    await queryRunner.query(`CREATE TABLE "parent_links" ("parentId" integer NOT NULL, "childId" integer NOT NULL)`);
    await queryRunner.query(`CREATE TABLE "audit_entries" (
        "id" bigserial NOT NULL,
        "actorId" integer,
        "action" character varying(100) NOT NULL,
        "at" timestamp with time zone NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`ALTER TABLE "users" ADD CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "users" ADD CONSTRAINT "UQ_97672ac88f789774dd47f7c8be3" UNIQUE ("email")`);
    await queryRunner.query(`CREATE INDEX "IDX_users_email_lower" ON "users" (lower("email"))`);
    await queryRunner.query(`ALTER TABLE "sessions" ADD CONSTRAINT "PK_3238ef96f18b355b671619111bc" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "sessions" ADD CONSTRAINT "FK_57de40bc620f456c7311aa3a1e6" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE`);
    await queryRunner.query(`ALTER TABLE "parent_links" ADD CONSTRAINT "PK_c7199606aa232028fb4ce897879" PRIMARY KEY ("parentId", "childId")`);
    await queryRunner.query(`ALTER TABLE "parent_links" ADD CONSTRAINT "FK_1104ad9d6ea62e14b6c344d5b29" FOREIGN KEY ("parentId") REFERENCES "users" ("id")`);
    await queryRunner.query(`ALTER TABLE "parent_links" ADD CONSTRAINT "FK_83328c0b60fda1108741759ac5b" FOREIGN KEY ("childId") REFERENCES "users" ("id")`);
    await queryRunner.query(`ALTER TABLE "audit_entries" ADD CONSTRAINT "PK_6b1623bcad4d04530b76548d619" PRIMARY KEY ("id")`);
    await queryRunner.query(`ALTER TABLE "audit_entries" ADD CONSTRAINT "FK_a8456bc89d026672de07047358c" FOREIGN KEY ("actorId") REFERENCES "users" ("id") ON DELETE SET NULL`);
    await queryRunner.query(`CREATE VIEW "active_users" AS
        SELECT "id", "email", "firstName", "lastName", "role", "teamCode" FROM "users" WHERE "status" = 'active'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP VIEW "active_users"`);
    await queryRunner.query(`DROP TABLE "audit_entries"`);
    await queryRunner.query(`DROP TABLE "parent_links"`);
    await queryRunner.query(`DROP TABLE "sessions"`);
    await queryRunner.query(`DROP TABLE "users"`);
  }
}
