/**
 * Pure: a declaration -> the five migrations of its service. They say when they run; what they do is the engine's, which they
 * load when they run: a service reads the names of its migrations as it boots, and has no migrator in its image.
 */
import type { Gate } from '../../model';
import { isOwner, type IdConversion } from '../declaration';
import { exportedName } from './declaration-file';

export interface PhaseFile {
  /** `UsersAddUuidColumns1796000001000.ts` without the folder: `1796000001000-UsersAddUuidColumns.ts`. */
  readonly fileName: string;
  readonly text: string;
}

interface Phase {
  /** The end of the class's name. */
  readonly name: string;
  /** What the engine calls it. */
  readonly engine: string;
  readonly gate?: Gate;
  readonly owner: string;
  readonly referrer: string;
}

export const PHASES: readonly Phase[] = [
  {
    name: 'AddUuidColumns',
    engine: 'addUuidColumns',
    owner:
      'a UUID beside each number, kept in agreement by triggers from now on; views for old and for new clients',
    referrer:
      'a UUID beside each reference, kept in agreement by triggers from now on; views for old and for new clients',
  },
  {
    name: 'GenerateUuids',
    engine: 'generateUuids',
    owner: 'every row gets its UUID, and every pair goes to the id map and to the other services',
    referrer: 'the id map comes from its owner, whole',
  },
  {
    name: 'UpdateReferences',
    engine: 'updateReferences',
    owner:
      'every reference gets its UUID; keys, indexes and rules are made again on the UUIDs; all of it is proven',
    referrer:
      'every reference gets its UUID; indexes and rules are made again on the UUIDs; all of it is proven',
  },
  {
    name: 'SwitchPrimaryKeys',
    engine: 'switchPrimaryKeys',
    gate: 'switch',
    owner: 'one short transaction, after which the plain names hold the UUIDs',
    referrer: 'one short transaction, after which the plain names hold the UUIDs',
  },
  {
    name: 'RemoveNumericIds',
    engine: 'removeNumericIds',
    gate: 'contract',
    owner: 'the numbers, the triggers and the views of old clients go; the id map stays',
    referrer: 'the numbers, the triggers and the views of old clients go; the id map stays',
  },
];

export interface PhaseFilesOptions {
  /** Of the first phase; the others follow at one millisecond each. */
  readonly timestamp: number;
  /** The services that refer to the keys, for the owner's last phase. */
  readonly referrers: readonly string[];
}

export function phaseFiles(
  conversion: IdConversion,
  { timestamp, referrers }: PhaseFilesOptions,
): PhaseFile[] {
  return PHASES.map((phase, index) => {
    const moment = timestamp + index;
    return {
      fileName: `${moment}-${phaseName(conversion, phase)}.ts`,
      text: phaseFile(conversion, phase, {
        moment,
        number: index + 1,
        dependsOn: waitsFor(conversion, phase, referrers),
      }),
    };
  });
}

/** `UsersAddUuidColumns` */
export const phaseName = ({ name }: Pick<IdConversion, 'name'>, phase: Pick<Phase, 'name'>) => {
  const exported = exportedName(name);
  return exported.charAt(0).toUpperCase() + exported.slice(1) + phase.name;
};

/**
 * A referrer's map comes from its owner, and the owner's numbers go last: rows that came after that have none, which clients of
 * the other services that know numbers alone could not refer to. Otherwise each service goes at its own pace.
 */
function waitsFor(conversion: IdConversion, { name }: Phase, referrers: readonly string[]): string[] {
  const of = (service: string, phase: string) => `${service}:${phaseName(conversion, { name: phase })}`;
  if (isOwner(conversion))
    return name === 'RemoveNumericIds' ? referrers.map((service) => of(service, name)) : [];
  return name === 'GenerateUuids' ? [of(conversion.owner, name)] : [];
}

interface Place {
  readonly moment: number;
  readonly number: number;
  readonly dependsOn: readonly string[];
}

function phaseFile(conversion: IdConversion, phase: Phase, { moment, number, dependsOn }: Place): string {
  const declared = exportedName(conversion.name);
  const does = isOwner(conversion) ? phase.owner : phase.referrer;
  const method = (direction: 'up' | 'down') => [
    `  public async ${direction}(queryRunner: QueryRunner): Promise<void> {`,
    `    const { ${phase.engine} } = await import('@hockey-hub/migrator/src/conversion');`,
    `    await ${phase.engine}.${direction}(${declared}, queryRunner);`,
    '  }',
  ];
  return [
    `import type { MigrationInterface, QueryRunner } from 'typeorm';`,
    `import { ${declared} } from '../id-conversions/${conversion.name}';`,
    '',
    `/** Phase ${number} of 5 of the id conversion \`${conversion.name}\`: ${does}. */`,
    `export class ${phaseName(conversion, phase)}${moment} implements MigrationInterface {`,
    '  static transaction = false;',
    ...(phase.gate ? [`  static gate = '${phase.gate}';`] : []),
    ...(dependsOn.length > 0
      ? [`  static dependsOn = [${dependsOn.map((id) => `'${id}'`).join(', ')}];`]
      : []),
    '',
    ...method('up'),
    '',
    ...method('down'),
    '}',
    '',
  ].join('\n');
}
