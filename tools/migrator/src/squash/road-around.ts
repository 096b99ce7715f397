/** Pure: the squash as a migration that is in no file yet, with the roads to it, as they are once it is in the folder. */
import type { QueryRunner } from 'typeorm';
import type { Migration, MigrationClass } from '../model';
import { roadsOf, type Squash } from '../plan/roads';
import type { Body, SquashRequest } from './squash-migrations';

export function roadAround(
  request: SquashRequest,
  body: Body = { up: [], transaction: true },
  down: readonly string[] = [],
): Squash {
  const squash = asMigration(request, body, down);
  const folder = [...request.folder, squash].sort((a, b) => a.timestamp - b.timestamp);
  return roadsOf(folder).squashes.find(({ migration }) => migration === squash)!;
}

function asMigration(request: SquashRequest, { up, transaction }: Body, down: readonly string[]): Migration {
  const { service, name, timestamp, members } = request;
  const migrationClass: MigrationClass = class {
    async up(queryRunner: QueryRunner): Promise<void> {
      for (const statement of up) await queryRunner.query(statement);
    }
    async down(queryRunner: QueryRunner): Promise<void> {
      for (const statement of down) await queryRunner.query(statement);
    }
  };
  return {
    service,
    name: `${name}${timestamp}`,
    timestamp,
    file: `the squash ${name}`,
    path: '',
    checksum: '',
    dependsOn: [],
    replaces: members.map((member) => member.name),
    transaction,
    migrationClass,
  };
}
