import { itRefusesUnknownParameters } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

const context = useApp();
const { http, create } = context;

const LETTERS = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot', 'Golf'];

beforeAll(async () => {
  for (const [index, name] of LETTERS.entries()) {
    await create.organization({
      name,
      subdomain: `club-${index}`,
      subscriptionTier: index % 2 ? 'free' : 'premium',
      isActive: index < 5,
    });
  }
});

const list = async (query: object) => (await http().get('/organizations').query(query).expect(200)).body;
const names = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name);

it('is a page of twenty in the default order, with where it is', async () => {
  const body = await list({});
  expect(names(body)).toEqual(LETTERS);
  expect(body.meta).toMatchObject({ itemsPerPage: 20, totalItems: 7, currentPage: 1, totalPages: 1 });
});

it('is cut into pages that neither repeat nor miss a row', async () => {
  const pages = await Promise.all(
    [1, 2, 3, 4].map((page) => list({ page, limit: 3, sortBy: 'createdAt:DESC' })),
  );
  expect(pages.map((page) => page.data.length)).toEqual([3, 3, 1, 0]);
  expect(pages.flatMap(names)).toEqual([...LETTERS].reverse());
  expect(pages[1].meta).toMatchObject({ currentPage: 2, totalPages: 3, totalItems: 7 });
});

it('keeps rows that sort alike apart', async () => {
  const ids = new Set<string>();
  for (let page = 1; page <= 7; page += 1) {
    const { data } = await list({ page, limit: 1, sortBy: 'subscriptionExpiresAt:ASC' });
    ids.add(data[0].id);
  }
  expect(ids.size).toBe(7);
});

it('has links that can be followed', async () => {
  const { links } = await list({ page: 1, limit: 3, 'filter.isActive': 'true' });
  const { pathname, search } = new URL(links.next, 'http://localhost');
  const { body } = await http()
    .get(pathname + search)
    .expect(200);
  expect(names(body)).toEqual(['Delta', 'Echo']);
});

it('never gives more than a hundred rows at once', async () => {
  expect((await list({ limit: 1000 })).meta.itemsPerPage).toBe(100);
});

it('can be filtered, searched and sorted, all at once', async () => {
  expect(names(await list({ 'filter.subscriptionTier': 'premium', sortBy: 'name:DESC' }))).toEqual([
    'Golf',
    'Echo',
    'Charlie',
    'Alpha',
  ]);
  expect(names(await list({ 'filter.isActive': 'false' }))).toEqual(['Foxtrot', 'Golf']);
  expect(names(await list({ 'filter.subdomain': '$in:club-1,club-2' }))).toEqual(['Bravo', 'Charlie']);
  expect(names(await list({ search: 'ECHO' }))).toEqual(['Echo']);
  expect(names(await list({ search: 'l', 'filter.isActive': 'true', limit: 2 }))).toEqual(['Alpha', 'Bravo']);
});

it.each([
  [{ sortBy: 'logoUrl:ASC' }],
  [{ sortBy: 'name:SIDEWAYS' }],
  [{ 'filter.logoUrl': 'x' }],
  [{ 'filter.isActive': '$gt:1' }],
  [{ 'filter.subscriptionTier': 'gold' }],
  [{ page: 'two' }],
  [{ limit: 0 }],
  [{ select: 'id' }],
  [{ isActive: 'true' }],
])('refuses %j', async (query) => {
  const { body, type } = await http().get('/organizations').query(query).expect(400);
  expect(type).toBe('application/problem+json');
  expect(body.status).toBe(400);
});

it('shows users without private columns to sort or filter by', async () => {
  await create.user();
  await http().get('/users').query({ 'filter.passwordHash': '$sw:$argon2' }).expect(400);
  await http().get('/users').query({ sortBy: 'passwordHash:ASC' }).expect(400);
});

describe('every list', () => {
  itRefusesUnknownParameters(context, [
    '/guardianships',
    '/organization-memberships',
    '/organizations',
    '/roles',
    '/team-memberships',
    '/teams',
    '/users',
  ]);
});
