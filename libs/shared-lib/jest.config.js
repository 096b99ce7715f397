module.exports = {
  displayName: 'shared-lib',
  preset: '../../jest.preset.js',
};
