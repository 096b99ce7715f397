module.exports = {
  displayName: 'legacy-clubs',
  preset: '../../jest.preset.js',
  // The specs make and fill databases, on machines that are busy with other things.
  testTimeout: 60_000,
};
