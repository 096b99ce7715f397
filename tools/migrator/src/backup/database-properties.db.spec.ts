import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { testServerUrl } from '../testing/migrator-tests.config';
import { copyDatabaseProperties } from './database-properties';

const unique = Math.random().toString(16).slice(2, 10);
const [from, to, owner, app] = ['from', 'to', 'owner', 'app'].map((name) => `Properties ${name} ${unique}`);

const PROPERTIES = `
  SELECT pg_get_userbyid(d.datdba) AS owner, d.datconnlimit AS limit,
         (SELECT json_agg(json_build_array(coalesce(r.rolname, 'PUBLIC'), g.privilege_type, g.is_grantable) ORDER BY 1, 2)
          FROM aclexplode(d.datacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee) AS grants,
         (SELECT json_agg(json_build_array(r.rolname, s.setconfig) ORDER BY r.rolname NULLS FIRST)
          FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE s.setdatabase = d.oid) AS settings
  FROM pg_database d WHERE d.datname = $1`;

it("gives a database another one's owner, rights, limit and settings", async () => {
  await withConnection(testServerUrl(), 'test', async (client) => {
    const query = queryOf(client);
    try {
      for (const sql of [
        `CREATE ROLE "${owner}"`,
        `CREATE ROLE "${app}"`,
        `CREATE DATABASE "${from}" OWNER "${owner}" CONNECTION LIMIT 7`,
        `CREATE DATABASE "${to}"`,
        `REVOKE ALL ON DATABASE "${from}" FROM PUBLIC`,
        `GRANT CONNECT ON DATABASE "${from}" TO "${app}" WITH GRANT OPTION`,
        `ALTER DATABASE "${from}" SET search_path = legacy, "$user", "Odd one"`,
        `ALTER DATABASE "${from}" SET timezone = 'Europe/Stockholm'`,
        `ALTER DATABASE "${from}" SET hockey.hub = 'it''s "here"'`,
        `ALTER ROLE "${app}" IN DATABASE "${from}" SET statement_timeout = '3s'`,
      ]) {
        await query(sql);
      }
      await copyDatabaseProperties(query, from!, to!);
      const [original] = await query(PROPERTIES, [from]);
      expect(await query(PROPERTIES, [to])).toEqual([original]);
      expect(original).toMatchObject({ owner, limit: 7 });
    } finally {
      for (const database of [from, to]) await query(`DROP DATABASE IF EXISTS "${database}"`);
      for (const role of [owner, app]) await query(`DROP ROLE IF EXISTS "${role}"`);
    }
  });
});
