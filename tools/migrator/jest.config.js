module.exports = {
  displayName: 'migrator',
  preset: '../../jest.preset.js',
  // The e2e tests start real processes and servers, on machines that are busy with other things.
  testTimeout: 120_000,
  // They wait more than they work: for servers, locks and processes that are killed.
  maxWorkers: 2,
};
