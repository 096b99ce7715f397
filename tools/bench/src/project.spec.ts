import { createNodesV2 } from '@hockey-hub/migrator/src/plugin';
import { targets } from '../project.json';

it('has no target of the name of a migrator verb, which `nx run-many -t migrate` would start for ever', async () => {
  const [, infer] = createNodesV2;
  const root = 'apps/user-service';
  const [inferred] = await infer([`${root}/src/data-source.ts`], undefined, {
    workspaceRoot: '/',
    nxJsonConfiguration: {},
  });
  const verbs = Object.keys(inferred![1].projects![root]!.targets!);
  expect(verbs).toContain('migrate');
  expect(Object.keys(targets).filter((name) => verbs.includes(name))).toEqual([]);
});
