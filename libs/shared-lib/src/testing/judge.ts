import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** What one decorator makes of a value: the value the service gets, or the messages the client gets. */
export function judge(
  decorator: PropertyDecorator,
  value: unknown,
): { value: unknown } | { faults: string[] } {
  class Dto {
    field?: unknown;
  }
  decorator(Dto.prototype, 'field');
  const dto = plainToInstance(Dto, value === undefined ? {} : { field: value });
  const faults = validateSync(dto).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  return faults.length > 0 ? { faults } : { value: dto.field };
}

export const accepts = (decorator: () => PropertyDecorator, cases: [given: unknown, got: unknown][]) =>
  it.each(cases)('accepts %j', (given, got) => expect(judge(decorator(), given)).toEqual({ value: got }));

export const refuses = (decorator: () => PropertyDecorator, message: string, values: unknown[]) =>
  it.each(values.map((value) => [value]))('refuses %j', (value) => {
    expect(judge(decorator(), value)).toEqual({ faults: [message] });
  });
