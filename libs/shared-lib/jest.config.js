module.exports = {
  displayName: 'shared-lib',
  preset: '../../jest.preset.js',
  globalSetup: '../../tools/dev-services/src/testing/jest-global-setup-with-nats.ts',
};
