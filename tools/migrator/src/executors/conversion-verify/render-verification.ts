/** Pure: what was proven of conversions and what was not, for people. */
import type { ConversionVerification, Finding, Verdict } from '../../conversion/verify/verification';
import { table } from '../../report/table';

const WORDS: Readonly<Record<Verdict, string>> = { proven: 'proven', open: 'open', wrong: 'WRONG' };

export function renderVerifications(verifications: readonly ConversionVerification[]): string {
  if (verifications.length === 0) return 'No id conversion has begun in these databases.';
  return verifications.map(renderOne).join('\n\n');
}

function renderOne(verification: ConversionVerification): string {
  const { service, name, isOwner, shape, stage, relaxed, dangling, findings } = verification;
  const what = isOwner ? 'has the keys' : 'refers to the keys';
  const names =
    stage === 'contracted'
      ? 'the numbers are gone'
      : `plain names hold ${shape === 'uuid' ? 'UUIDs' : 'numbers'}`;
  return [
    `${service}: ${name} (${what}), ${names}`,
    stage === 'paired' ? renderColumns(verification) : renderReferences(verification),
    renderMaps(verification),
    ...(relaxed.length > 0 ? [`until the contract one half is enough in: ${relaxed.join(', ')}`] : []),
    ...dangling.map(
      ({ table: of, column, decision, rows }) =>
        `kept aside of ${of}.${column}: ${rows} reference(s) to nothing, ${decision}`,
    ),
    ...findings.map(renderFinding),
    conclusion(verification),
  ].join('\n');
}

const renderColumns = ({ columns }: ConversionVerification) =>
  table(
    [
      'column',
      'rows',
      'numbers',
      'UUIDs',
      'one half',
      'under way',
      'differ',
      'checksum of the numbers, by the UUIDs',
      '',
    ],
    columns.map((proof) => [
      `${proof.table}.${proof.column}`,
      ...[proof.rows, proof.numbers, proof.uuids, proof.incomplete, proof.underWay, proof.wrong],
      proof.numberChecksum === proof.uuidChecksum
        ? `${proof.numberChecksum}, the same`
        : `${proof.numberChecksum}, ${proof.uuidChecksum}`,
      WORDS[proof.verdict],
    ]),
  );

function renderReferences({ references }: ConversionVerification): string {
  if (references.length === 0) return 'nothing of this service refers to the keys';
  return table(
    ['column', 'refers to', 'UUIDs made since the contract', ''],
    references.map(({ table: of, column, to, madeSince, verdict }) => [
      ...[`${of}.${column}`, to, String(madeSince)],
      WORDS[verdict],
    ]),
  );
}

const renderMaps = ({ maps }: ConversionVerification) =>
  table(
    ['id map', 'pairs', 'checksum', "owner's", 'under way', 'not here', ''],
    maps.map(({ map, pairs, checksum, owner, underWay, notHere, verdict }) => [
      ...[map, pairs, checksum],
      owner === null
        ? ''
        : owner.checksum === checksum
          ? 'the same'
          : `${owner.pairs} pairs, ${owner.checksum}`,
      ...(owner === null ? ['', ''] : [String(underWay), String(notHere)]),
      WORDS[verdict],
    ]),
  );

const renderFinding = ({ verdict, code, subject, message, examples }: Finding) =>
  [
    `${WORDS[verdict]}: ${subject}: ${message} (${code})`,
    ...examples.map((example) => `    ${example}`),
  ].join('\n');

function conclusion({ verdict, service, name, findings }: ConversionVerification): string {
  if (verdict === 'proven') return `${service}: ${name} is proven.`;
  const wrong = findings.filter((finding) => finding.verdict === 'wrong').length;
  return wrong > 0
    ? `${service}: ${name} is NOT PROVEN: ${wrong} thing(s) wrong.`
    : `${service}: ${name}: nothing is wrong; ${findings.length} thing(s) still to come.`;
}
