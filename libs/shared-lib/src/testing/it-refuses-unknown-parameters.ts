import { NOBODY } from './nobody';
import type { ServiceContext } from './use-service';

/**
 * Registers the tests that no list of a service takes a misspelled filter for none. `lists` are the paths of all of
 * them, as the OpenAPI document writes them.
 */
export function itRefusesUnknownParameters({ http }: ServiceContext, lists: readonly string[]): void {
  it('has these lists and no other', async () => {
    const { body } = await http().get('/docs-json').expect(200);
    const collections = Object.entries<Record<string, object>>(body.paths).filter(
      ([path, methods]) => 'get' in methods && !/^\/(health|operations)/.test(path) && !path.endsWith('}'),
    );
    expect(collections.map(([path]) => path).sort()).toEqual([...lists].sort());
  });

  it.each(lists)('%s refuses what it does not know, and lists every fault', async (path) => {
    const response = await http()
      .get(path.replace(/\{\w+\}/g, NOBODY))
      .query({ pgae: '2', limit: 'many', 'filter.shoeSize': '43', colour: 'red' })
      .expect(400);
    expect(response.type).toBe('application/problem+json');
    expect(response.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    const fields = (response.body.errors as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(['pgae', 'limit', 'filter.shoeSize', 'colour']);
  });
}
