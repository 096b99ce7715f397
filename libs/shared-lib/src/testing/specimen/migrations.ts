import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSquads1764000000000 implements MigrationInterface {
  name = 'CreateSquads1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE clubs (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT pk_clubs PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE squads (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT pk_squads PRIMARY KEY,
        name text NOT NULL,
        size int NOT NULL DEFAULT 1 CONSTRAINT ck_squads_size CHECK (size > 0),
        club_id uuid CONSTRAINT fk_squads_club_id REFERENCES clubs ON DELETE RESTRICT,
        version int NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uq_squads_club_id_name UNIQUE (club_id, name)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE squads');
    await queryRunner.query('DROP TABLE clubs');
  }
}

export class AddMotto1764000001000 implements MigrationInterface {
  name = 'AddMotto1764000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE clubs ADD motto text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE clubs DROP motto');
  }
}
