import type { Service } from '../model';
import { findCycle, drawCycle } from './cycle';
import { declaredEdges, migrationGraph, type Chains } from './migration-graph';
import { topologicalOrder } from './order';

/** Migrations by service, `U2: T1` for one that depends on T1; then the project edges, services in dependency order. */
type Drawn = Readonly<Record<string, readonly string[]>>;

function chainsOf(drawn: Drawn): Chains {
  return new Map(
    Object.entries(drawn).map(([service, migrations]) => [
      service,
      migrations.map((migration) => {
        const [id = '', references = ''] = migration.split(': ');
        return { id, dependsOn: references.split(' ').filter(Boolean) };
      }),
    ]),
  );
}

function order(drawn: Drawn, projects: Drawn = {}): string {
  const services = Object.keys(drawn).map((name): Service => ({
    name,
    root: `apps/${name}`,
    dependsOn: projects[name] ?? [],
  }));
  return topologicalOrder(migrationGraph(services, chainsOf(drawn))).join(' ');
}

function cycle(drawn: Drawn): string | undefined {
  const found = findCycle(declaredEdges(chainsOf(drawn)));
  return found && drawCycle(found);
}

it('runs the migrations of one service in the order of the chain', () => {
  /*
   *   user      U1 -> U2 -> U3
   */
  expect(order({ user: ['U1', 'U2', 'U3'] })).toBe('U1 U2 U3');
});

it('keeps services that have nothing to do with each other in the order given', () => {
  /*
   *   user      U1 -> U2
   *   medical   M1 -> M2
   */
  expect(order({ user: ['U1', 'U2'], medical: ['M1', 'M2'] })).toBe('U1 U2 M1 M2');
});

it('finishes a project before those that depend on it', () => {
  /*
   *   user      U1 -> U2
   *                     \
   *   training           `-> T1 -> T2
   */
  expect(order({ user: ['U1', 'U2'], training: ['T1', 'T2'] }, { training: ['user'] })).toBe('U1 U2 T1 T2');
});

it('follows project edges through a service that has nothing pending', () => {
  /*
   *   user      U1
   *               \
   *   team         \  (nothing)
   *                 \
   *   training       `-> T1
   */
  const drawn = { user: ['U1'], team: [], training: ['T1'] };
  const waitsFor = migrationGraph(
    [
      { name: 'user', root: '', dependsOn: [] },
      { name: 'team', root: '', dependsOn: ['user'] },
      { name: 'training', root: '', dependsOn: ['team'] },
    ],
    chainsOf(drawn),
  );
  expect(waitsFor.get('T1')).toEqual(['U1']);
});

it('lets a dependsOn go before the rest of the service it names', () => {
  /*
   *   user      U1 -> U2
   *              \
   *   training    `-> T1       no project edge: T1 waits for U1 alone
   */
  const chains = { training: ['T1: U1'], user: ['U1', 'U2'] };
  expect(order(chains)).toBe('U1 T1 U2');
});

it('has an order for a conversion that goes user -> training -> user', () => {
  /*
   *   user      U1 ------------> U2 -> U3
   *                \            /        \
   *   training      `--> T1 ---'          `--> T2
   */
  const conversion = { user: ['U1', 'U2: T1', 'U3'], training: ['T1: U1', 'T2'] };
  expect(order(conversion, { training: ['user'] })).toBe('U1 T1 U2 U3 T2');
});

it('needs no dependsOn for the way there of such a conversion: the project edge is the way there', () => {
  /*
   *   user      U1 ...........> U2
   *                :           /
   *   training      :..> T1 --'        : project edge, kept; U2 waits for T1, so T1 does not wait for U2
   */
  expect(order({ user: ['U1', 'U2: T1'], training: ['T1'] }, { training: ['user'] })).toBe('U1 T1 U2');
});

it('turns the project order round where a migration asks for it', () => {
  /*
   *   user          U1 -> U2        U1 waits for T2, so nothing of training can wait for user
   *                /
   *   training  T1 -> T2
   */
  const drawn = { user: ['U1: T2', 'U2'], training: ['T1', 'T2', 'T3'] };
  expect(order(drawn, { training: ['user'] })).toBe('T1 T2 U1 U2 T3');
});

it('goes back and forth as often as it has to', () => {
  /*
   *   user      U1      U2      U3
   *               \    /  \    /  \
   *   training     T1'     T2'     T3
   */
  const drawn = { user: ['U1', 'U2: T1', 'U3: T2'], training: ['T1', 'T2', 'T3'] };
  expect(order(drawn, { training: ['user'] })).toBe('U1 T1 U2 T2 U3 T3');
});

it('orders three services whose dependsOn cross', () => {
  /*
   *   user      U1 ----------> U2 ---------> U3
   *               \           /             /
   *   training     `-> T1 ---'    .-> T2 --'
   *                     \        /
   *   medical            `-> M1 '
   */
  const drawn = {
    user: ['U1', 'U2: T1', 'U3: T2'],
    training: ['T1: U1', 'T2: M1'],
    medical: ['M1: T1', 'M2'],
  };
  const projects = { training: ['user'], medical: ['training', 'user'] };
  expect(order(drawn, projects)).toBe('U1 T1 U2 M1 T2 U3 M2');
});

it('orders a diamond of four services where a dependsOn turns a project edge round', () => {
  /*
   *                 .-> training T1 -> T2 -.
   *   user U1 -> U2                         `-> planning P1 -> P2
   *                 `-> medical  M1 -------'
   *
   *   U2 waits for P1, and P1 for T1. So T2 and M1, which wait for U2, cannot come before P1, only before P2.
   */
  const drawn = {
    user: ['U1', 'U2: P1'],
    training: ['T1', 'T2'],
    medical: ['M1'],
    planning: ['P1: T1', 'P2'],
  };
  const projects = { training: ['user'], medical: ['user'], planning: ['training', 'medical'] };
  expect(order(drawn, projects)).toBe('U1 T1 P1 U2 T2 M1 P2');
});

it('never lets project edges close a cycle with each other and a dependsOn', () => {
  /*
   *   user      U1 waits for M1
   *   training  T1            training depends on user, medical on training: U1 -> M1 -> T1 -> U1, if all were kept
   *   medical   M1
   */
  const drawn = { user: ['U1: M1'], training: ['T1'], medical: ['M1'] };
  expect(order(drawn, { training: ['user'], medical: ['training'] })).toBe('M1 U1 T1');
});

it('draws a cycle between services in the direction of waiting', () => {
  /*
   *   user      U1 -> U2
   *              ^      \
   *   training  T2 <- T1'        U1 waits for T2, T2 for T1, T1 for U2, U2 for U1
   */
  expect(cycle({ user: ['U1: T2', 'U2'], training: ['T1: U2', 'T2'] })).toBe('U1 -> T2 -> T1 -> U2 -> U1');
});

it('finds the cycle of a migration that depends on a later one of its own service, or on itself', () => {
  expect(cycle({ user: ['U1: U2', 'U2'] })).toBe('U1 -> U2 -> U1');
  expect(cycle({ user: ['U1', 'U2: U2'] })).toBe('U2 -> U2');
});

it('leaves what only leads to a cycle out of its drawing', () => {
  expect(cycle({ medical: ['M1: U1'], user: ['U1: T1'], training: ['T1: U1'] })).toBe('U1 -> T1 -> U1');
});

it('finds no cycle where two paths meet again', () => {
  expect(cycle({ user: ['U1', 'U2'], training: ['T1: U1 U2', 'T2: U1'] })).toBeUndefined();
});
