import { snakeCase } from './snake-case';

it.each([
  ['id', 'id'],
  ['teamMembership', 'team_membership'],
  ['TeamMembership', 'team_membership'],
  ['logoURL', 'logo_url'],
  ['HTTPRequest', 'http_request'],
  ['oauth2Token', 'oauth2_token'],
  ['already_snake', 'already_snake'],
])('%s becomes %s', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});
