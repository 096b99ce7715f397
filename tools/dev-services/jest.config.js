module.exports = {
  displayName: 'dev-services',
  preset: '../../jest.preset.js',
};
