import { transformSync } from '@swc/core';
import { serviceFiles } from './migration-files';
import { SYNTHETIC_SERVICES } from './services';

const migrationsOf = (files: Record<string, string>) =>
  Object.keys(files).filter((path) => path.startsWith('src/migrations/'));

describe.each(SYNTHETIC_SERVICES.map((service) => [service.name, service] as const))('%s', (_, service) => {
  const files = serviceFiles(service);

  it('has thirty migrations, in the order in which they have to run', () => {
    const names = migrationsOf(files);
    expect(names).toHaveLength(30);
    expect([...names].sort()).toEqual(names);
  });

  it('has migrations whose class is named for their file, in TypeScript that compiles', () => {
    for (const path of migrationsOf(files)) {
      const [, timestamp, name] = /(\d{13})-(\w+)\.ts$/.exec(path)!;
      const { code } = transformSync(files[path]!, {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      });
      expect(code).toContain(`export class ${name}${timestamp} {`);
    }
  });

  it('depends only on services that exist', () => {
    const names = SYNTHETIC_SERVICES.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...service.dependsOn]));
    expect(JSON.parse(files['project.json']!)).toEqual({
      name: service.name,
      implicitDependencies: service.dependsOn,
    });
  });

  it('has a database of its own', () => {
    expect(files['src/data-source.ts']).toContain(`'/${service.name.replace('-', '_')}'`);
  });
});

it('is ten services, most of them waiting for others, with no two tables of one name in a service', () => {
  expect(SYNTHETIC_SERVICES).toHaveLength(10);
  expect(SYNTHETIC_SERVICES.filter(({ dependsOn }) => dependsOn.length > 0)).toHaveLength(6);
  for (const { tables } of SYNTHETIC_SERVICES) expect(new Set(tables).size).toBe(tables.length);
});

it('writes the same text every time', () => {
  const [service] = SYNTHETIC_SERVICES;
  expect(serviceFiles(service!)).toEqual(serviceFiles(service!));
});
