module.exports = {
  displayName: 'dev-services',
  preset: '../../jest.preset.js',
  // Most tests here make and start real servers, on machines that are busy with other things.
  testTimeout: 120_000,
};
