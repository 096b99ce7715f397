module.exports = {
  displayName: 'child-processes',
  preset: '../../jest.preset.js',
  // The specs start processes, on machines that are busy with other things.
  testTimeout: 60_000,
};
