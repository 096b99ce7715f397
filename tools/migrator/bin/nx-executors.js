/** The entries of the Nx executors, named in executors.json. Each loads its own verb and nothing of the others. */
const load = require('./load');

const executor = (verb) => (options, context) => load(`executors/${verb}/executor`).default(options, context);
const batch =
  (verb) =>
  (...run) =>
    load(`executors/${verb}/executor`).batch(...run);

module.exports = {
  migrate: executor('migrate'),
  migrateBatch: batch('migrate'),
  revert: executor('migration-revert'),
  revertBatch: batch('migration-revert'),
  status: executor('migration-status'),
  statusBatch: batch('migration-status'),
  generate: executor('migration-generate'),
  create: executor('migration-create'),
};
