import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The system roles of the platform, the permissions of the services there are so far, and who has which.
 *
 * Ids are constants, so a role is the same row in every installation and other services may store it. A
 * permission is granted where the membership is: a coach of a team reads that team's sessions, no others.
 */
export class SeedSystemRoles1764000001000 implements MigrationInterface {
  readonly name = 'SeedSystemRoles1764000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // A row of that name with another id makes these fail on the unique rule: better than two truths.
    await queryRunner.query(`
      INSERT INTO roles (id, name, description, is_system) VALUES ${rows(ROLES, 'true')}
      ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, description = excluded.description, is_system = excluded.is_system`);
    await queryRunner.query(`
      INSERT INTO permissions (id, name, description) VALUES ${rows(PERMISSIONS)}
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description`);
    await queryRunner.query(`
      INSERT INTO role_permissions (role_id, permission_id) VALUES ${grants()}
      ON CONFLICT (role_id, permission_id) DO NOTHING`);
  }

  /** Refused by the foreign keys (23503) while a membership has one of the roles: no member loses theirs. */
  async down(queryRunner: QueryRunner): Promise<void> {
    // The grants of both go with them (ON DELETE CASCADE).
    await queryRunner.query(`DELETE FROM permissions WHERE id IN (${ids(PERMISSIONS)})`);
    await queryRunner.query(`DELETE FROM roles WHERE id IN (${ids(ROLES)})`);
  }
}

type Seed = Record<string, { id: string; description: string }>;

const ROLES = {
  player: { id: '019aa000-0000-7000-8000-000000000001', description: 'Plays and trains in a team' },
  coach: { id: '019aa000-0000-7000-8000-000000000002', description: 'Leads the training of a team' },
  parent: { id: '019aa000-0000-7000-8000-000000000003', description: 'Is responsible for a player' },
  medical_staff: {
    id: '019aa000-0000-7000-8000-000000000004',
    description: 'Looks after health and injuries',
  },
  equipment_manager: { id: '019aa000-0000-7000-8000-000000000005', description: 'Looks after the equipment' },
  physical_trainer: {
    id: '019aa000-0000-7000-8000-000000000006',
    description: 'Leads the physical training',
  },
  team_manager: { id: '019aa000-0000-7000-8000-000000000007', description: 'Runs a team off the ice' },
  club_admin: { id: '019aa000-0000-7000-8000-000000000008', description: 'Administers one club' },
  admin: { id: '019aa000-0000-7000-8000-000000000009', description: 'Administers the platform' },
} satisfies Seed;

const PERMISSIONS = {
  'user.organization.create': { id: '019aa000-0000-7000-8000-000000000101', description: 'Found clubs' },
  'user.organization.read': { id: '019aa000-0000-7000-8000-000000000102', description: 'See the club' },
  'user.organization.update': { id: '019aa000-0000-7000-8000-000000000103', description: 'Change the club' },
  'user.organization.delete': { id: '019aa000-0000-7000-8000-000000000104', description: 'Remove clubs' },
  'user.team.read': { id: '019aa000-0000-7000-8000-000000000105', description: 'See teams' },
  'user.team.manage': { id: '019aa000-0000-7000-8000-000000000106', description: 'Create and change teams' },
  'user.user.read': { id: '019aa000-0000-7000-8000-000000000107', description: 'See people' },
  'user.user.manage': { id: '019aa000-0000-7000-8000-000000000108', description: 'Create and change people' },
  'user.membership.read': { id: '019aa000-0000-7000-8000-000000000109', description: 'See who is in a team' },
  'user.membership.manage': {
    id: '019aa000-0000-7000-8000-00000000010a',
    description: 'Change who is in a team',
  },
  'user.guardianship.read': {
    id: '019aa000-0000-7000-8000-00000000010b',
    description: 'See the parents of players',
  },
  'user.guardianship.manage': {
    id: '019aa000-0000-7000-8000-00000000010c',
    description: 'Change parents of players',
  },
  'training.template.read': { id: '019aa000-0000-7000-8000-000000000201', description: 'See the templates' },
  'training.template.manage': {
    id: '019aa000-0000-7000-8000-000000000202',
    description: 'Change the templates',
  },
  'training.session.read': {
    id: '019aa000-0000-7000-8000-000000000203',
    description: 'See workout sessions',
  },
  'training.session.manage': {
    id: '019aa000-0000-7000-8000-000000000204',
    description: 'Plan workout sessions',
  },
  'training.execution.read': {
    id: '019aa000-0000-7000-8000-000000000205',
    description: 'See what players did',
  },
  'training.execution.record': {
    id: '019aa000-0000-7000-8000-000000000206',
    description: 'Record a workout',
  },
  'training.load.read': { id: '019aa000-0000-7000-8000-000000000207', description: 'See workout loads' },
  'training.load.manage': { id: '019aa000-0000-7000-8000-000000000208', description: 'Adjust workout loads' },
  'training.evaluation.read': { id: '019aa000-0000-7000-8000-000000000209', description: 'See evaluations' },
  'training.evaluation.manage': {
    id: '019aa000-0000-7000-8000-00000000020a',
    description: 'Evaluate players',
  },
  'training.development_plan.read': {
    id: '019aa000-0000-7000-8000-00000000020b',
    description: 'See development plans',
  },
  'training.development_plan.manage': {
    id: '019aa000-0000-7000-8000-00000000020c',
    description: 'Write development plans',
  },
} satisfies Seed;

type RoleName = keyof typeof ROLES;
type PermissionName = keyof typeof PERMISSIONS;

const EVERY_PERMISSION = Object.keys(PERMISSIONS) as PermissionName[];
/** What the platform keeps to itself: which clubs there are. */
const PLATFORM_PERMISSIONS: PermissionName[] = ['user.organization.create', 'user.organization.delete'];

/** What every member of a club or team may see. */
const MEMBER: PermissionName[] = ['user.organization.read', 'user.team.read', 'training.session.read'];
const TRAINING_STAFF: PermissionName[] = [
  ...MEMBER,
  'user.user.read',
  'user.membership.read',
  'training.template.read',
  'training.template.manage',
  'training.session.manage',
  'training.execution.read',
  'training.execution.record',
  'training.load.read',
  'training.load.manage',
];

const GRANTS: Record<RoleName, PermissionName[]> = {
  player: [
    ...MEMBER,
    'training.execution.read',
    'training.execution.record',
    'training.load.read',
    'training.evaluation.read',
    'training.development_plan.read',
  ],
  coach: [
    ...TRAINING_STAFF,
    'user.guardianship.read',
    'training.evaluation.read',
    'training.evaluation.manage',
    'training.development_plan.read',
    'training.development_plan.manage',
  ],
  parent: [...MEMBER, 'user.guardianship.read', 'training.evaluation.read', 'training.development_plan.read'],
  medical_staff: [
    ...MEMBER,
    'user.user.read',
    'user.membership.read',
    'training.execution.read',
    'training.load.read',
  ],
  equipment_manager: [...MEMBER, 'user.user.read', 'user.membership.read'],
  physical_trainer: TRAINING_STAFF,
  team_manager: [
    ...MEMBER,
    'user.team.manage',
    'user.user.read',
    'user.membership.read',
    'user.membership.manage',
    'user.guardianship.read',
    'user.guardianship.manage',
  ],
  club_admin: EVERY_PERMISSION.filter((name) => !PLATFORM_PERMISSIONS.includes(name)),
  admin: EVERY_PERMISSION,
};

/** `('id', 'name', 'description'[, more])` for each seed; names and descriptions hold no single quote. */
function rows(seed: Seed, more?: string): string {
  return Object.entries(seed)
    .map(
      ([name, { id, description }]) => `\n('${id}', '${name}', '${description}'${more ? `, ${more}` : ''})`,
    )
    .join(',');
}

function ids(seed: Seed): string {
  return Object.values(seed)
    .map(({ id }) => `'${id}'`)
    .join(', ');
}

function grants(): string {
  return Object.entries(GRANTS)
    .flatMap(([role, permissions]) =>
      permissions.map((name) => `\n('${ROLES[role as RoleName].id}', '${PERMISSIONS[name].id}')`),
    )
    .join(',');
}
