module.exports = { displayName: 'recorded-runs', preset: '../../jest.preset.js' };
