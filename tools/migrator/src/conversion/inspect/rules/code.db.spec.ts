import { refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'triggers that are bound to a column',
    [
      `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
      `CREATE TRIGGER moved AFTER UPDATE OF author_id, words ON posts FOR EACH ROW WHEN (OLD.author_id <> NEW.author_id) EXECUTE FUNCTION f()`,
    ],
    {},
    [
      `CONVERSION_TRIGGER trigger moved of posts: its UPDATE OF names author_id, and would look at the numbers alone after the switch, while clients write UUIDs. Make it again without: let its function compare OLD and NEW.`,
      `CONVERSION_TRIGGER trigger moved of posts: its WHEN names author_id, and would look at the numbers alone after the switch, while clients write UUIDs. Make it again without: let its function compare OLD and NEW.`,
    ],
  ],
  [
    'a rule that is bound to a column',
    [`CREATE RULE stays AS ON UPDATE TO posts WHERE OLD.author_id = 7 DO INSTEAD NOTHING`],
    {},
    [
      `CONVERSION_RULE rule stays of posts: it rewrites statements by author_id, and would go on with the numbers after the switch. Replace it by a trigger first.`,
    ],
  ],
  [
    'a function that is bound to a column',
    [`CREATE FUNCTION newest() RETURNS int BEGIN ATOMIC SELECT max(id) FROM users; END`],
    {},
    [
      `CONVERSION_FUNCTION function newest(): Postgres keeps it parsed, bound to users.id, so it would go on with the numbers after the switch and stop the contract. Make it again with its body as a text (AS $$ ... $$), in which names are looked up when it runs.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});
