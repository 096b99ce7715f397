module.exports = {
  displayName: 'bench',
  preset: '../../jest.preset.js',
  // The specs make and drop databases, with a checkpoint each time, on machines that are busy with other things.
  testTimeout: 60_000,
};
