import {
  itRefuses,
  NO_SUCH_VALUE,
  NOBODY,
  NOT_NULL,
  TOO_LONG,
  twice,
  useRows,
} from '@hockey-hub/shared-lib/src/testing';
import { userDatabase } from '../../src/user-database';
import { Rows } from './rows';

const context = useRows(userDatabase, Rows);

describe('the database itself refuses', () => {
  itRefuses(context, [
    [
      'two clubs with one subdomain',
      'uq_organizations_subdomain',
      ({ rows }) => twice(() => rows.organization({ subdomain: 'lions' })),
    ],
    [
      'a subdomain in capitals',
      'ck_organizations_subdomain',
      ({ rows }) => rows.organization({ subdomain: 'Lions' }),
    ],
    [
      'a subdomain that ends in a hyphen',
      'ck_organizations_subdomain',
      ({ rows }) => rows.organization({ subdomain: 'lions-' }),
    ],
    ['a club without a name', NOT_NULL, ({ rows }) => rows.organization({ name: null })],
    ['a blank club name', 'ck_organizations_name', ({ rows }) => rows.organization({ name: ' ' })],
    ['a name longer than its column', TOO_LONG, ({ rows }) => rows.organization({ name: 'x'.repeat(151) })],
    [
      'a logo that is a script',
      'ck_organizations_logo_url',
      ({ rows }) => rows.organization({ logo_url: 'javascript:alert(1)' }),
    ],
    [
      'a primary colour by name',
      'ck_organizations_primary_color',
      ({ rows }) => rows.organization({ primary_color: 'red' }),
    ],
    [
      'a secondary colour by name',
      'ck_organizations_secondary_color',
      ({ rows }) => rows.organization({ secondary_color: 'red' }),
    ],
    [
      'an unknown subscription tier',
      NO_SUCH_VALUE,
      ({ rows }) => rows.organization({ subscription_tier: 'gold' }),
    ],
    ['a team of no club', 'fk_teams_organization_id', ({ rows }) => rows.team({ organization_id: NOBODY })],
    [
      'two teams of one name in a season',
      'uq_teams_organization_id_name_season',
      async ({ rows }) => {
        const organization_id = await rows.organization();
        await twice(() => rows.team({ organization_id }));
      },
    ],
    ['an unknown team type', NO_SUCH_VALUE, ({ rows }) => rows.team({ team_type: 'veteran' })],
    ['a season in other words', 'ck_teams_season', ({ rows }) => rows.team({ season: '26/27' })],
    ['a blank team name', 'ck_teams_name', ({ rows }) => rows.team({ name: '' })],
    ['a blank age group', 'ck_teams_age_group', ({ rows }) => rows.team({ age_group: '' })],
    ['a team logo from nowhere', 'ck_teams_logo_url', ({ rows }) => rows.team({ logo_url: 'logo.png' })],
    [
      'removing a club that has teams',
      'fk_teams_organization_id',
      async ({ client, rows }) => {
        await rows.team();
        await client.query('DELETE FROM organizations');
      },
    ],
  ]);
});

describe('the database itself accepts', () => {
  it('the same team name in another season and in another club', async () => {
    const organization_id = await context.rows.organization();
    await context.rows.team({ organization_id, season: '2026-2027' });
    await context.rows.team({ organization_id, season: '2027-2028' });
    await context.rows.team({ season: '2026-2027' });
    expect(await context.rows.count('teams')).toBe(3);
  });
});
