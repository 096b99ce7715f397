module.exports = {
  displayName: 'user-service',
  preset: '../../jest.preset.js',
};
