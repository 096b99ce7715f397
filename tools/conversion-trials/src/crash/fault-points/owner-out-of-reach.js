/**
 * Loaded into the migrator's process before its own code, where a referrer's migration shall not reach its owner's database, as where each
 * service's database is in a network of its own. What reads the plan has to reach both, so only connections that the conversion
 * itself opens to copy an id map are refused; they are told by who asks for them.
 */
const { Client } = require('pg');
const { readOrders } = require('./fault-point.config');

const COPIER = 'receive-id-maps';
/** Nothing listens there. */
const CLOSED_PORT = 1;

const { hidden } = readOrders();
const { connect } = Client.prototype;

Client.prototype.connect = function (...rest) {
  if (this.connectionParameters.database === hidden && new Error().stack.includes(COPIER))
    this.port = CLOSED_PORT;
  return connect.apply(this, rest);
};
