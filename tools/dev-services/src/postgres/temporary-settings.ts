/** For `startTemporaryPostgres`, in place of its own settings: those are fast, and forget what was committed when the server is killed. */

/** What was committed survives a kill. The disk itself does not fail in a trial, so nothing needs to be synced. */
export const KILLABLE_SETTINGS = { synchronous_commit: 'on', full_page_writes: 'on', shared_buffers: '64MB' };

/** As PostgreSQL comes, so that a commit costs what it costs in production. */
export const PRODUCTION_SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
};

/** As a server for a few gigabytes of data would have them: the smallest would measure its cache and its checkpoints. */
export const LARGE_PRODUCTION_SETTINGS = {
  ...PRODUCTION_SETTINGS,
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  // What is written until the end of the next checkpoint: its segments are used again, and none has to be made while clients wait.
  min_wal_size: '4GB',
};
