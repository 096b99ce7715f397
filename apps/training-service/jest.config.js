module.exports = {
  displayName: 'training-service',
  preset: '../../jest.preset.js',
  globalSetup: '../../tools/dev-services/src/testing/jest-global-setup-with-nats.ts',
  // A test boots the whole application; on a loaded machine that takes longer than Jest's five seconds.
  testTimeout: 60_000,
};
