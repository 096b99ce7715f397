module.exports = {
  displayName: 'training-service',
  preset: '../../jest.preset.js',
  // A test boots the whole application; on a loaded machine that takes longer than Jest's five seconds.
  testTimeout: 60_000,
};
