/**
 * How this platform's tables, columns and constraints are called when an entity does not say.
 *
 * Everything is snake_case, and a constraint is named for what it is and what it is on, so that an error message
 * and a migration can be read: `fk_teams_organization_id`, `uq_teams_organization_id_name_season`. Invariants: the
 * same entity always gives the same name; two constraints of one table never share one; no name is above
 * PostgreSQL's 63 bytes. Enum types are TypeORM's own `<table>_<column>_enum`.
 */
import { DefaultNamingStrategy, type NamingStrategyInterface, type Table, type View } from 'typeorm';
import { fitIdentifier, shortHash } from './identifier';
import { snakeCase } from './snake-case';

const EXPRESSION_HASH_LENGTH = 6;

export class SnakeNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(targetName: string, userSpecifiedName: string | undefined): string {
    return userSpecifiedName ?? fitIdentifier(snakeCase(targetName));
  }

  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    return fitIdentifier([...prefixes.map(snakeCase), customName ?? snakeCase(propertyName)].join('_'));
  }

  override joinColumnName(relationName: string, referencedColumnName: string): string {
    return fitIdentifier(snakeCase(`${relationName}_${referencedColumnName}`));
  }

  override joinTableName(first: string, second: string, firstPropertyName: string): string {
    const property = firstPropertyName.replaceAll('.', '_');
    return fitIdentifier(snakeCase(`${first}_${property}_${second}`));
  }

  override joinTableColumnName(tableName: string, propertyName: string, columnName?: string): string {
    return fitIdentifier(snakeCase(`${tableName}_${columnName ?? propertyName}`));
  }

  override closureJunctionTableName(tableName: string): string {
    return fitIdentifier(`${tableName}_closure`);
  }

  override primaryKeyName(table: Table | string): string {
    return fitIdentifier(`pk_${this.bareTableName(table)}`);
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return this.constraintName('fk', table, columns);
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return this.constraintName('uq', table, columns);
  }

  /** The unique rule behind a one-to-one relation. */
  override relationConstraintName(table: Table | string, columns: string[], where?: string): string {
    return this.constraintName('uq', table, columns, where);
  }

  override indexName(table: Table | View | string, columns: string[], where?: string): string {
    return this.constraintName('ix', table, columns, where);
  }

  override defaultConstraintName(table: Table | string, column: string): string {
    return this.constraintName('df', table, [column]);
  }

  override checkConstraintName(table: Table | string, expression: string, isEnum?: boolean): string {
    const name = this.expressionName('ck', table, expression);
    return isEnum ? fitIdentifier(`${name}_enum`) : name;
  }

  override exclusionConstraintName(table: Table | string, expression: string): string {
    return this.expressionName('ex', table, expression);
  }

  /** Columns keep their order: `(a, b)` and `(b, a)` are two indexes. A partial one adds its predicate's hash. */
  private constraintName(
    kind: string,
    table: Table | View | string,
    columns: string[],
    where?: string,
  ): string {
    const partial = where ? ['where', hashExpression(where)] : [];
    return fitIdentifier([kind, this.bareTableName(table), ...columns, ...partial].join('_'));
  }

  /** The columns that an expression quotes, for the reader, and its hash, since two may quote the same ones. */
  private expressionName(kind: string, table: Table | string, expression: string): string {
    const columns = new Set(Array.from(expression.matchAll(/"([^"]+)"/g), ([, column]) => column));
    const readable = fitIdentifier([kind, this.bareTableName(table), ...columns].join('_'));
    const hash = hashExpression(expression);
    return fitIdentifier(`${readable}_${hash}`);
  }

  /** Without the schema: a constraint lives in its table's schema anyway. */
  private bareTableName(table: Table | View | string): string {
    return this.getTableName(table as Table | string);
  }
}

function hashExpression(expression: string): string {
  return shortHash(expression.replace(/\s+/g, ' ').trim(), EXPRESSION_HASH_LENGTH);
}
