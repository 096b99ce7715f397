/** The entry of the Nx plugin. */
module.exports = require('./load')('plugin');
