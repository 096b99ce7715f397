/** A copy of user-service in a workspace of its own, changed as a case wants it. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withBorrowedWorkspace } from '../borrowed-workspace';
import type { GenerateCase } from './cases';

export const SERVICE = 'user-service';
const FOLDER = `apps/${SERVICE}`;

/** What Node is told. The TypeORM CLI reads its TypeScript data source through swc's register, as in bench:migrator. */
export const TYPEORM_COMMAND: readonly string[] = [
  ...['--require', '@swc-node/register', require.resolve('typeorm/cli.js'), 'migration:generate', '--dryrun'],
  ...['-d', `${FOLDER}/src/data-source.ts`, `${FOLDER}/src/migrations/Change`],
];

/** A target of the copy that starts the TypeORM CLI, as workspaces do that have nothing else. */
export const TYPEORM_TARGET = 'typeorm-generate';

/** A bit of everything that a new feature brings: a key, an enum, a rule, an index, a reference. */
const ADDED_ENTITY = `
import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { Organization } from './organization';

export enum Ice {
  Indoor = 'indoor',
  Outdoor = 'outdoor',
}

@Entity('arenas')
@Unique(['organizationId', 'name'])
@Check('ck_arenas_seats', 'seats >= 0')
export class Arena extends BaseEntity {
  @Column({ type: 'uuid' })
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false, onDelete: 'NO ACTION' })
  organization!: Organization;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'enum', enum: Ice, default: Ice.Indoor })
  ice!: Ice;

  @Index()
  @Column({ type: 'integer', nullable: true })
  seats!: number | null;
}
`;

const DATA_SOURCE_WITH_IT = `
import { createDataSource } from '@hockey-hub/shared-lib';
import { Arena } from './entities/arena';
import { userDatabase } from './user-database';

export default createDataSource({ ...userDatabase, entities: [...userDatabase.entities, Arena] });
`;

/** Runs `work` with the workspace's folder, and removes it whatever happens. */
export function withServiceCopy<T>(
  workspaceRoot: string,
  { migrations, addedEntity }: GenerateCase,
  work: (root: string) => Promise<T>,
): Promise<T> {
  return withBorrowedWorkspace(workspaceRoot, async (root) => {
    const folder = join(root, FOLDER);
    await cp(join(workspaceRoot, FOLDER, 'src'), join(folder, 'src'), { recursive: true });
    await writeProject(join(workspaceRoot, FOLDER, 'project.json'), join(folder, 'project.json'));
    if (!migrations) await rm(join(folder, 'src/migrations'), { recursive: true });
    if (addedEntity) {
      await writeFile(join(folder, 'src/entities/arena.ts'), ADDED_ENTITY);
      await writeFile(join(folder, 'src/data-source.ts'), DATA_SOURCE_WITH_IT);
    }
    return work(root);
  });
}

async function writeProject(from: string, to: string): Promise<void> {
  const project = JSON.parse(await readFile(from, 'utf8')) as { targets?: object };
  const target = {
    executor: 'nx:run-commands',
    options: { command: ['node', ...TYPEORM_COMMAND].map((argument) => `"${argument}"`).join(' ') },
  };
  await writeFile(
    to,
    JSON.stringify({ ...project, targets: { ...project.targets, [TYPEORM_TARGET]: target } }),
  );
}
