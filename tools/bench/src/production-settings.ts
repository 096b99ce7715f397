/** As PostgreSQL comes, so that a commit costs what it costs in production; a server for tests would skip the disk. */
export const PRODUCTION_SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
};
