/** The entries of the Nx generators, named in generators.json. */
const load = require('./load');

exports.idConversion = (tree, options) => load('generators/id-conversion/generator').default(tree, options);
