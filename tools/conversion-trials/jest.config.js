module.exports = {
  displayName: 'conversion-trials',
  preset: '../../jest.preset.js',
  // The specs are whole conversions, with processes that come and go, on machines that are busy with other things.
  testTimeout: 120_000,
};
