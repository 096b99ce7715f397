import { itReportsReadiness } from '@hockey-hub/shared-lib/src/testing';
import { AppModule } from '../../src/app.module';
import { userDatabase } from '../../src/user-database';
import { useApp } from './use-app';

const context = useApp();
const { http } = context;

itReportsReadiness(context, AppModule, userDatabase, [
  'InitialSchema1764000000000',
  'SeedSystemRoles1764000001000',
]);

interface OpenApi {
  paths: Record<string, Record<string, { summary?: string; responses: object }>>;
  components: { schemas: Record<string, { properties?: Record<string, object>; required?: string[] }> };
}

const openApi = async (): Promise<OpenApi> => (await http().get('/docs-json').expect(200)).body as OpenApi;

it('answers /docs with a page and every endpoint in the document behind it', async () => {
  const { text } = await http().get('/docs').expect(200);
  expect(text).toContain('swagger-ui');
  const { paths } = await openApi();
  const operations = Object.entries(paths)
    .filter(([path]) => !/^\/(health|operations)/.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  const resource = (path: string) => [
    `post ${path}`,
    `get ${path}`,
    `get ${path}/{id}`,
    `patch ${path}/{id}`,
    `delete ${path}/{id}`,
  ];
  expect(operations.sort()).toEqual(
    [
      ...[
        '/organizations',
        '/teams',
        '/users',
        '/organization-memberships',
        '/team-memberships',
        '/guardianships',
      ].flatMap(resource),
      'put /users/{id}/password',
      'get /roles',
      'get /roles/{id}',
      ...['get /id-map/{map}/{number}', 'get /id-map/{map}/by-uuid/{uuid}', 'post /id-map/{map}/lookup'],
      ...['/player-transfers', '/user-erasures'].flatMap((path) => [`post ${path}`, `get ${path}/{id}`]),
    ].sort(),
  );
  expect(
    Object.values(paths)
      .flatMap(Object.values)
      .filter(({ summary }) => !summary),
  ).toEqual([]);
});

it('documents passwords as something that goes in and never comes out', async () => {
  const { schemas } = (await openApi()).components;
  expect(schemas['CreateUserDto']!.required).toEqual(['email', 'password', 'firstName', 'lastName']);
  expect(schemas['CreateUserDto']!.properties!['password']).toMatchObject({ writeOnly: true, minLength: 12 });
  expect(Object.keys(schemas['UserResource']!.properties!)).not.toContain('password');
  expect(Object.keys(schemas['UpdateUserDto']!.properties!)).not.toContain('password');
  expect(schemas['UpdateUserDto']!.required).toBeUndefined();
});

it('answers what does not exist with a problem', async () => {
  const { body, type } = await http().get('/nothing').expect(404);
  expect(type).toBe('application/problem+json');
  expect(body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});
