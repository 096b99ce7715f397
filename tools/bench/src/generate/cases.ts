/** What there is to generate. Every case is a copy of user-service with a difference between migrations and entities. */

export interface GenerateCase {
  readonly title: string;
  /** Whether the copy has user-service's migrations; without, everything is to be generated. */
  readonly migrations: boolean;
  /** Whether an entity is added that no migration knows. */
  readonly addedEntity: boolean;
  /** A table that a right answer makes. */
  readonly makes: string;
}

export type GenerateCaseName = 'initial-schema' | 'small-change';

export const GENERATE_CASES: Readonly<Record<GenerateCaseName, GenerateCase>> = {
  'initial-schema': {
    title: 'Initial schema: no migration, all entities of user-service',
    migrations: false,
    addedEntity: false,
    makes: 'team_memberships',
  },
  'small-change': {
    title: "Small change: user-service's migrations, one entity added",
    migrations: true,
    addedEntity: true,
    makes: 'arenas',
  },
};
