/** What the process that is to die was told: where its orders are. The only file here that reads the environment. */
const { readFileSync } = require('node:fs');

/** @typedef {import('./fault-orders').FaultOrders} FaultOrders */

/** @returns {FaultOrders} */
exports.readOrders = () => JSON.parse(readFileSync(process.env.FAULT_ORDERS, 'utf8'));
