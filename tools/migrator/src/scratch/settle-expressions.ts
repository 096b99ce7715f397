/**
 * Postgres keeps an expression as it was parsed, and prints one that was parsed from its own print differently:
 * `a BETWEEN 1 AND 2 AND b BETWEEN 1 AND 2` gains and loses brackets on the way. A schema made from entities and the same
 * schema made from a generated migration would never compare equal. So both are settled first: every check, default
 * and index with an expression is replaced by its own print, which from then on stays as it is.
 */
import { withConnection } from '../pg/connect';
import { queryOf, type Query } from '../pg/query';

const SETTLE = `
  DO $settle$
  DECLARE
    found record;
  BEGIN
    FOR found IN
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %2$I %s',
                    conrelid::regclass, conname, pg_get_constraintdef(c.oid)) AS change
      FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
      WHERE contype = 'c' AND conrelid <> 0 AND conislocal AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    UNION ALL
      SELECT format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', adrelid::regclass, attname, pg_get_expr(adbin, adrelid))
      FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE a.attgenerated = ''
    UNION ALL
      SELECT format('DROP INDEX %s; %s', indexrelid::regclass, pg_get_indexdef(indexrelid))
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (indpred IS NOT NULL OR indexprs IS NOT NULL) AND n.nspname !~ '^pg_'
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    UNION ALL
      SELECT format('CREATE OR REPLACE VIEW %s %s AS %s', c.oid::regclass,
                    'WITH (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'v' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    LOOP
      EXECUTE found.change;
    END LOOP;
  END
  $settle$`;

/** Changes no meaning, only the form that the catalog keeps. For scratch databases alone. */
export async function settleExpressions(url: string, service: string): Promise<void> {
  await withConnection(url, service, (client) => settle(queryOf(client)));
}

/** The same, in a session that is there. */
export async function settle(query: Query): Promise<void> {
  await query(SETTLE);
}
