/**
 * Loaded into the migrator's process before its own code (`node --require`): names every statement that it sends to Postgres, and
 * ends the process by SIGKILL at the fault point that its orders choose. The migrator knows nothing of it.
 *
 * A fault point is a place between two statements of one session, and a moment there:
 *
 *     training-service  BEGIN -> ALTER TABLE "notes" ...   before     the second was not sent
 *                                                          sent       it was sent, and nobody will read the answer
 *                                                          answered   the answer is there, and nobody has acted on it
 *
 * A stream (COPY) is `sent` when its first piece is on its way. Plain JavaScript, as nothing can read TypeScript yet.
 */
const { createHash } = require('node:crypto');
const { appendFileSync } = require('node:fs');
const { Client } = require('pg');
const { readOrders } = require('./fault-point.config');

/** @typedef {import('./fault-orders').FaultMoment} FaultMoment */

const SHOWN_CHARACTERS = 110;
const FIRST_OF_A_SESSION = 'connected';

const orders = readOrders();
/** Names that count no more: of earlier processes, and of this one. */
const passed = new Set(orders.passed);
let left = orders.diesAt;
/** The statement before, by session. @type {WeakMap<Client, string>} */
const before = new WeakMap();
const send = Client.prototype.query;

/** What stays of a text when it runs again: without the numbers and UUIDs of this run. @param {string} text */
function wordsOf(text) {
  const words = text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '?')
    .replace(/\b\d+(\.\d+)?\b/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
  if (words === '') return 'an empty statement';
  if (words.length <= SHOWN_CHARACTERS) return words;
  const hash = createHash('sha256').update(words).digest('hex').slice(0, 6);
  return `${words.slice(0, SHOWN_CHARACTERS)}… (${hash})`;
}

/** @param {string} point @param {FaultMoment} moment */
function isChosen(point, moment) {
  const name = `${point}, ${moment}`;
  if (passed.has(name)) return false;
  passed.add(name);
  appendFileSync(orders.record, `${JSON.stringify({ passed: name })}\n`);
  left -= 1;
  return left === 0;
}

/** @param {string} point @param {FaultMoment} moment */
function die(point, moment) {
  appendFileSync(orders.record, `${JSON.stringify({ died: `${point}, ${moment}` })}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** A stream: told by the methods that carry its pieces. @param {any} query @param {() => void} sent @param {() => void} answered */
function watchStream(query, sent, answered) {
  const way = /TO STDOUT/i.test(query.text) ? 'push' : 'write';
  const pass = query[way];
  query[way] = function (...piece) {
    const result = pass.apply(this, piece);
    sent();
    return result;
  };
  const ready = query.handleReadyForQuery;
  query.handleReadyForQuery = function (...of) {
    answered();
    return ready?.apply(this, of);
  };
}

/** @param {any} config the first argument of `query` */
function textOf(config) {
  return typeof config === 'string' ? config : config.text;
}

Client.prototype.query = function (config, values, callback) {
  const { database } = this.connectionParameters;
  const service = orders.services[database];
  if (service === undefined) return send.call(this, config, values, callback);
  const words = wordsOf(textOf(config));
  const point = `${service} ${orders.phase}: ${before.get(this) ?? FIRST_OF_A_SESSION} -> ${words}`;
  before.set(this, words);
  if (isChosen(point, 'before')) die(point, 'before');
  const diesSent = isChosen(point, 'sent');
  const diesAnswered = isChosen(point, 'answered');
  const sent = () => diesSent && die(point, 'sent');
  const answered = () => diesAnswered && die(point, 'answered');
  if (typeof config.submit === 'function') {
    watchStream(config, sent, answered);
    return send.call(this, config, values, callback);
  }
  const told = typeof values === 'function' ? values : callback;
  if (typeof told === 'function') {
    const heard = (...answer) => {
      answered();
      told(...answer);
    };
    const result =
      typeof values === 'function' ? send.call(this, config, heard) : send.call(this, config, values, heard);
    setImmediate(sent);
    return result;
  }
  const answer = send.call(this, config, values);
  setImmediate(sent);
  answer.then(answered, answered);
  return answer;
};
