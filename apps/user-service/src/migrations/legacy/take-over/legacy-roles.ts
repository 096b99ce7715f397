/**
 * The system roles as members of legacy clubs need them, before SeedSystemRoles has run: the same ids and names, which never change, so
 * that it finds its own rows (a spec compares them).
 */
const ID_PREFIX = '019aa000-0000-7000-8000-00000000000';

/** Name -> id, in the order of SeedSystemRoles. A legacy role of that name becomes it. */
export const SYSTEM_ROLES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'player',
    'coach',
    'parent',
    'medical_staff',
    'equipment_manager',
    'physical_trainer',
    'team_manager',
    'club_admin',
    'admin',
  ].map((name, index) => [name, `${ID_PREFIX}${index + 1}`]),
);

/** What legacy clubs knew; they had no team managers. */
export const LEGACY_ROLES: readonly string[] = Object.keys(SYSTEM_ROLES).filter((name) => name !== 'team_manager');
