import { IsBoolean, IsInt, IsString, Max, Min, MinLength } from 'class-validator';
import { inspect } from 'node:util';
import { ConfigError } from './config-error';
import { FromEnv } from './from-env';
import { loadAll } from './load-all';
import { loadConfig } from './load-config';
import { SecretFields } from './secret-fields';

@SecretFields('signingKey')
class MailConfig {
  @FromEnv('MAIL_RETRIES', 'integer')
  @IsInt()
  @Min(0)
  @Max(9)
  retries = 3;

  @FromEnv('MAIL_ENABLED', 'boolean')
  @IsBoolean()
  isEnabled = true;

  @FromEnv('MAIL_DOMAINS', 'list')
  @IsString({ each: true })
  domains: string[] = [];

  @FromEnv('MAIL_SIGNING_KEY')
  @IsString()
  @MinLength(16, { message: 'is too short: $value' })
  signingKey!: string;
}

const key = 'sixteen characters or more';

function faultsOf(env: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(MailConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

it('reads numbers, booleans, lists and text', () => {
  const env = {
    MAIL_RETRIES: '5',
    MAIL_ENABLED: 'false',
    MAIL_DOMAINS: 'a.se, b.se,',
    MAIL_SIGNING_KEY: ` ${key} `,
  };
  expect({ ...loadConfig(MailConfig, env) }).toEqual({
    retries: 5,
    isEnabled: false,
    domains: ['a.se', 'b.se'],
    signingKey: key,
  });
});

it('keeps the defaults of what is not set or empty, and ignores what it does not know', () => {
  const config = loadConfig(MailConfig, { MAIL_SIGNING_KEY: key, MAIL_RETRIES: '', HOME: '/root' });
  expect({ ...config }).toEqual({ retries: 3, isEnabled: true, domains: [], signingKey: key });
});

it('cannot be changed', () => {
  const config = loadConfig(MailConfig, { MAIL_SIGNING_KEY: key }) as MailConfig;
  expect(() => (config.retries = 1)).toThrow(TypeError);
});

it('reports every fault at once, by variable, in the order of the class', () => {
  const { code, faults, message } = faultsOf({ MAIL_RETRIES: '1.5', MAIL_ENABLED: 'perhaps' });
  expect(code).toBe('CONFIG_INVALID');
  expect(faults).toEqual([
    {
      variable: 'MAIL_RETRIES',
      problem: 'must be an integer number; must not be less than 0; must not be greater than 9',
    },
    { variable: 'MAIL_ENABLED', problem: 'must be a boolean value' },
    { variable: 'MAIL_SIGNING_KEY', problem: expect.stringContaining('must be a string') },
  ]);
  expect(message).toContain('\n  MAIL_ENABLED: must be a boolean value');
});

it('never repeats a value', () => {
  const error = faultsOf({ MAIL_SIGNING_KEY: 'hush-hush' });
  expect(error.faults).toEqual([{ variable: 'MAIL_SIGNING_KEY', problem: 'is too short: [value]' }]);
  expect(inspect(error, { depth: 9 })).not.toContain('hush');
});

it('does not print secrets, however it is printed', () => {
  const config = loadConfig(MailConfig, { MAIL_SIGNING_KEY: key });
  for (const printed of [
    JSON.stringify(config),
    inspect(config),
    inspect({ nested: [config] }),
    `${JSON.stringify({ config })}`,
  ]) {
    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain(key);
  }
  expect(config.signingKey).toBe(key);
});

describe('loadAll', () => {
  it('gives what every reader read', () => {
    const [mail, answer] = loadAll(
      () => loadConfig(MailConfig, { MAIL_SIGNING_KEY: key }),
      () => 42,
    );
    expect([mail.retries, answer]).toEqual([3, 42]);
  });

  it('joins the faults of all readers, and lets other errors through', () => {
    const bad = (variable: string) => () => {
      throw new ConfigError([{ variable, problem: 'is bad' }], `Mend ${variable}.`);
    };
    expect(() => loadAll(bad('A'), bad('B'))).toThrow(
      'The configuration is not usable:\n  A: is bad\n  B: is bad\nMend A.\nMend B.',
    );
    expect(() =>
      loadAll(() => {
        throw new RangeError('other');
      }),
    ).toThrow(RangeError);
  });
});
