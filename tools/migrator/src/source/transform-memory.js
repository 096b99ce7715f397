/**
 * What a TypeScript file became, kept until the file, `.swcrc`, swc or the transform changes: a file for each, in
 * `node_modules/.cache`. Transforming a hundred files takes a tenth of a command. Plain JavaScript as its only caller.
 */
const { createHash, randomBytes } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const hash = (...texts) => {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text).update('\0');
  return sum.digest('hex');
};

let rules;
/** What decides, beside the file itself. */
function rulesOf(workspaceRoot) {
  rules ??= hash(
    readFileSync(join(workspaceRoot, '.swcrc')),
    readFileSync(require.resolve('@swc/core/package.json')),
    readFileSync(join(__dirname, 'typescript-hook.js')),
  );
  return rules;
}

/**
 * @param {string} workspaceRoot
 * @param {string} filename
 * @param {string} code what is in the file
 * @param {() => string} transform
 * @returns {string} what `transform` gives, or gave for the same
 */
function remembered(workspaceRoot, filename, code, transform) {
  const folder = join(workspaceRoot, 'node_modules/.cache/hockey-hub-migrator');
  const path = join(folder, `${hash(filename).slice(0, 32)}.js`);
  // At the end, so that a file that was not written to its end has none.
  const mark = `\n//${hash(code, rulesOf(workspaceRoot))}`;
  const kept = read(path);
  if (kept?.endsWith(mark)) return kept.slice(0, -mark.length);
  const transformed = transform();
  write(folder, path, transformed + mark);
  return transformed;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whoever else writes it. A folder that cannot be written to costs time and nothing else. */
function write(folder, path, text) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return;
  }
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

module.exports = { remembered };
