module.exports = {
  displayName: 'migrator',
  preset: '../../jest.preset.js',
  // The e2e tests start real processes and servers, on machines that are busy with other things.
  testTimeout: 120_000,
};
