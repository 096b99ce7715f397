/** The entries of the Nx executors, named in executors.json. Each loads its own verb and nothing of the others. */
const load = require('./load');

/** The folders of src/executors; those that work on many services at once have a batch entry, too. */
const VERBS = [
  'migrate',
  'migration-revert',
  'migration-status',
  'migration-generate',
  'migration-create',
  'migration-changelog',
  'migration-lint',
  'backup',
  'backup-list',
  'restore',
  'migration-rehearse',
  'migration-verify',
  'migration-adopt',
  'migration-squash',
  'conversion-status',
  'conversion-pause',
  'conversion-resume',
  'conversion-verify',
];

for (const verb of VERBS) {
  exports[verb] = (options, context) => load(`executors/${verb}/executor`).default(options, context);
  exports[`${verb}-batch`] = (...run) => load(`executors/${verb}/executor`).batch(...run);
}
