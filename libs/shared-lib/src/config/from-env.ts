import { Expose, Transform } from 'class-transformer';

/** How the text of a variable becomes a value. Text that does not fit stays text, for the validator to refuse. */
const parsers = {
  string: (text: string): unknown => text,
  integer: (text: string): unknown => (/^[+-]?\d+$/.test(text) ? Number(text) : text),
  boolean: (text: string): unknown =>
    ({ true: true, '1': true, false: false, '0': false })[text.toLowerCase()] ?? text,
  list: (text: string): unknown =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
} as const;

export type VariableType = keyof typeof parsers;

const variables = new Map<object, Map<string, string>>();

/**
 * Says which environment variable a property of a config class is read from; the property's initial value is its
 * default. A list is separated by commas. Booleans are true, false, 1 or 0.
 *
 *     @FromEnv('PORT', 'integer')
 *     @Min(0)
 *     port = 3000;
 */
export function FromEnv(variable: string, type: VariableType = 'string'): PropertyDecorator {
  return (prototype, property) => {
    const own = variables.get(prototype) ?? new Map<string, string>();
    own.set(String(property), variable);
    variables.set(prototype, own);
    Expose({ name: variable })(prototype, property);
    // class-transformer's own implicit conversion is not used: it reads the text 'false' as true.
    Transform(({ value }) => (typeof value === 'string' ? parsers[type](value.trim()) : value), {
      toClassOnly: true,
    })(prototype, property);
  };
}

/** The variable behind a property of a config class, or the property's name where none was declared. */
export function variableOf(configClass: { readonly prototype: object }, property: string): string {
  let prototype: object | null = configClass.prototype;
  while (prototype) {
    const variable = variables.get(prototype)?.get(property);
    if (variable) return variable;
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return property;
}
