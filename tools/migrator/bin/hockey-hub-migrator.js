#!/usr/bin/env node
/** The entry of the command line. */
require('./load')('cli')
  .main(process.argv)
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
