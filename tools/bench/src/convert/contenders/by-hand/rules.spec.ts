import { legacyTablesAndRulesOf } from '@hockey-hub/legacy-clubs/src/legacy-schema';
import { nameOf } from './rules';

it('knows what each rule of the legacy databases makes', () => {
  const names = (['user-service', 'training-service'] as const).flatMap((service) =>
    legacyTablesAndRulesOf(service).rules.map(nameOf),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('active_users');
  expect(names).toContain('IDX_users_email_lower');
});

it('does not guess', () => {
  expect(() => nameOf('DROP TABLE "users"')).toThrow('what does this make? DROP TABLE "users"');
});
