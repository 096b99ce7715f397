module.exports = {
  displayName: 'chaos',
  preset: '../../jest.preset.js',
  // The specs start servers and services, on machines that are busy with other things.
  testTimeout: 60_000,
};
