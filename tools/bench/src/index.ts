export { benchMigrator, type BenchOptions } from './bench-migrator';
export type { MigratorResults } from './results/model';
