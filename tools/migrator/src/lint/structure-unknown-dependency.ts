/** A dependsOn that names nothing stops every run that has the migration pending. */
import type { Rule } from './facts';

export const unknownDependency: Rule = {
  id: 'structure/unknown-dependency',
  severity: 'error',
  find: ({ migrations, isKnown }) =>
    migrations.flatMap((facts) =>
      facts.migration.dependsOn
        .filter((reference) => !isKnown(reference))
        .map((reference) => ({
          in: facts,
          subject: reference,
          message: `It depends on "${reference}", which is not there.`,
          fix: `Name a migration of another service as <service>:<Name>:\nstatic dependsOn = ['user-service:InitialSchema'];`,
        })),
    ),
};
