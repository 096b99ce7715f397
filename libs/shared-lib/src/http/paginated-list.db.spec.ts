import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createMigratedDatabase, createTestApp, type TestDatabase } from '../testing';
import { Club, Squad } from '../testing/specimen/entities';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SpecimenModule } from '../testing/specimen/specimen.module';

let database: TestDatabase;
let app: NestExpressApplication;
let club: Club;

beforeAll(async () => {
  database = await createMigratedDatabase(specimenDatabase);
  app = await createTestApp(SpecimenModule, { database });
  const manager = app.get(DataSource).manager;
  club = await manager.save(Club, { name: 'Bears' });
  await manager.insert(Squad, [
    { name: 'U10', size: 9, clubId: club.id },
    { name: 'U12', size: 12, clubId: club.id },
    { name: 'U14', size: 14 },
    { name: 'Veterans', size: 30 },
  ]);
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const list = (query: string) => request(app.getHttpServer()).get(`/squad-list${query}`);
const names = (body: { data: { name: string }[] }): string[] => body.data.map(({ name }) => name);

it('answers the first page with where it stands and where the others are', async () => {
  const { body } = await list('').expect(200);
  expect(names(body)).toEqual(['U10', 'U12']);
  expect(body.meta).toMatchObject({ itemsPerPage: 2, totalItems: 4, currentPage: 1, totalPages: 2 });
  expect(body.links.next).toContain('/squad-list?page=2&limit=2');
});

it.each([
  ['a page', '?page=2', ['U14', 'Veterans']],
  ['a limit, cut to the highest one', '?limit=100', ['U10', 'U12', 'U14']],
  ['sorting', '?sortBy=size:DESC', ['Veterans', 'U14']],
  ['a filter', '?filter.size=$gte:14', ['U14', 'Veterans']],
  ['a range', '?filter.size=$btw:10,20', ['U12', 'U14']],
  ['null', '?filter.clubId=$null', ['U14', 'Veterans']],
  ['not null', '?filter.clubId=$not:$null', ['U10', 'U12']],
  ["a relation's column", '?filter.club.name=Bears', ['U10', 'U12']],
  ['a search', '?search=vet', ['Veterans']],
])('understands %s', async (_what, query, expected) => {
  expect(names((await list(query).expect(200)).body)).toEqual(expected);
});

it('shows relations, and filters by their id', async () => {
  const { body } = await list(`?filter.clubId=${club.id}&limit=1`).expect(200);
  expect(body.data).toEqual([
    expect.objectContaining({ name: 'U10', club: expect.objectContaining({ name: 'Bears' }) }),
  ]);
});

it('lists every fault of a query that it does not understand', async () => {
  const response = await list(
    '?page=0&limit=x&sortBy=version:ASC&sortBy=name:UP&filter.name=U10&filter.size=$lt:3&filter.size=$btw:1&searchBy=size&colour=red',
  ).expect(400);
  expect(response.type).toBe('application/problem+json');
  expect(response.body).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [
      { field: 'page', detail: 'page must be a whole number of at least 1' },
      { field: 'limit', detail: 'limit must be a whole number of at least 1' },
      { field: 'sortBy', detail: 'sortBy must name one of: name, size, createdAt' },
      { field: 'sortBy', detail: 'sortBy must have the form column:ASC or column:DESC' },
      {
        field: 'filter.name',
        detail: 'filter.name cannot be filtered by; these can: size, clubId, club.name',
      },
      { field: 'filter.size', detail: 'filter.size does not know $lt here' },
      { field: 'filter.size', detail: 'filter.size needs two values: $btw:from,to' },
      { field: 'searchBy', detail: 'searchBy must be one of: name' },
      { field: 'colour', detail: 'colour is not a parameter of this list' },
    ],
  });
});

it.each(['?filter.clubId=seven', '?filter.size=$gte:many', '?filter.size=$gte:99999999999'])(
  'answers 400 to a value of the wrong type: %s',
  async (query) => {
    expect((await list(query).expect(400)).body).toMatchObject({ code: 'VALUE_NOT_ACCEPTED' });
  },
);

it.each([
  '?filter.size=$gte',
  '?filter.size=$gte:',
  '?filter.size=',
  '?filter=size%3D1',
  '?filter.constructor=x',
  '?page=1&page=2',
  '?page[a]=1',
])('answers 400, not 500, to %s', async (query) => {
  expect((await list(query).expect(400)).body).toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('is documented', async () => {
  const { body } = await request(app.getHttpServer()).get('/docs-json').expect(200);
  const { get } = body.paths['/squad-list'];
  expect(get.parameters.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['page', 'limit', 'sortBy', 'search', 'filter.size', 'filter.club.name']),
  );
  expect(JSON.stringify(get.responses['200'])).toContain('#/components/schemas/SquadDto');
});
