import { Squad } from '../testing/specimen/entities';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SpecimenModule } from '../testing/specimen/specimen.module';
import { useService } from '../testing';

const { http, dataSource } = useService(SpecimenModule, specimenDatabase);

const ALIKE = ['U10 & U12', 'a+b=c', '100 %', 'x#y?z', 'Zürich, Ost'];

beforeAll(() =>
  dataSource().manager.insert(
    Squad,
    ALIKE.map((name) => ({ name })),
  ),
);

interface Page {
  data: { id: string; name: string }[];
  links: Record<'first' | 'previous' | 'current' | 'next' | 'last', string | undefined>;
}

const get = async (path: string, query: object = {}): Promise<Page> =>
  (await http().get(path).query(query).expect(200)).body as Page;
const names = ({ data }: Page) => data.map(({ name }) => name);

it('shows rows as resources', async () => {
  const { data } = await get('/squad-pages', { limit: 1 });
  expect(Object.keys(data[0]!).sort()).toEqual(['createdAt', 'id', 'name', 'updatedAt', 'version']);
});

it('turns its pages by its own links, though all rows sort alike', async () => {
  const seen: string[] = [];
  for (let path: string | undefined = '/squad-pages'; path;) {
    const page: Page = await get(path);
    seen.push(...names(page));
    path = page.links.next;
  }
  expect(seen.sort()).toEqual([...ALIKE].sort());
});

it.each(ALIKE)('links to a search for %j', async (search) => {
  const page = await get('/squad-pages', { search, searchBy: 'name' });
  expect(names(page)).toEqual([search]);
  expect(names(await get(page.links.current!))).toEqual([search]);
  expect(new URL(page.links.current!, 'http://host').searchParams.get('search')).toBe(search);
});

it('links to what was filtered, with every other parameter', async () => {
  const query = { 'filter.name': '$in:U10 & U12,100 %,a+b=c', sortBy: 'name:DESC', limit: 2 };
  const page = await get('/squad-pages', query);
  expect(page.links).toEqual({
    current: expect.any(String),
    next: expect.any(String),
    last: page.links.next,
  });
  const { pathname, searchParams } = new URL(page.links.next!, 'http://host');
  expect(pathname).toBe('/squad-pages');
  expect([...searchParams]).toEqual([
    ['page', '2'],
    ['limit', '2'],
    ['sortBy', 'name:DESC'],
    ['sortBy', 'id:ASC'],
    ['filter.name', '$in:U10 & U12,100 %,a+b=c'],
  ]);
  const found = [...names(page), ...names(await get(page.links.next!))];
  // In the order of the database's language, which is not JavaScript's.
  expect(found.sort()).toEqual(['U10 & U12', '100 %', 'a+b=c'].sort());
});

it('links to the limit that was applied', async () => {
  expect((await get('/squad-pages', { limit: 100 })).links.next).toContain('?page=2&limit=3&');
});
