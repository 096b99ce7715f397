import fc from 'fast-check';
import type { Service } from '../model';
import { findCycle } from './cycle';
import { declaredEdges, migrationGraph, type Chains } from './migration-graph';
import { closure, topologicalOrder } from './order';

interface Case {
  readonly services: readonly Service[];
  readonly chains: Chains;
}

/**
 * A few services in dependency order with a few migrations each. Every dependsOn points back in one hidden order of all
 * the migrations, which respects the chains: so there is never a cycle, and every acyclic graph can come up.
 */
const cases = (serviceCount: fc.Arbitrary<number>): fc.Arbitrary<Case> =>
  serviceCount.chain((count) =>
    fc
      .record({
        projects: fc.array(fc.array(fc.nat({ max: count - 1 }), { maxLength: count }), {
          minLength: count,
          maxLength: count,
        }),
        // The hidden order: whose migration comes next.
        hidden: fc.array(fc.nat({ max: count - 1 }), { maxLength: 14 }),
        references: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }),
      })
      .map(({ projects, hidden, references }) => {
        const services = projects.map((dependsOn, index): Service => ({
          name: `s${index}`,
          root: `apps/s${index}`,
          dependsOn: [...new Set(dependsOn)].filter((other) => other < index).map((other) => `s${other}`),
        }));
        const ids = hidden.map(
          (service, index) =>
            `s${service}:${hidden.slice(0, index).filter((other) => other === service).length}`,
        );
        const dependsOn = new Map(ids.map((id) => [id, new Set<string>()]));
        for (const [from, to] of references) {
          const later = ids[Math.max(from % ids.length, to % ids.length)];
          const earlier = ids[Math.min(from % ids.length, to % ids.length)];
          if (later !== undefined && earlier !== undefined && later !== earlier)
            dependsOn.get(later)?.add(earlier);
        }
        const chains = new Map(
          services.map(({ name }) => [
            name,
            ids
              .filter((id) => id.startsWith(`${name}:`))
              .map((id) => ({ id, dependsOn: [...(dependsOn.get(id) ?? [])] })),
          ]),
        );
        return { services, chains };
      }),
  );

const anyCase = cases(fc.integer({ min: 1, max: 6 }));

/** Every (waiting, awaited) pair of migrations whose projects depend on each other, directly or not. */
function projectPairs({ services, chains }: Case): [string, string][] {
  const projects = new Map(services.map(({ name, dependsOn }) => [name, [...dependsOn]]));
  return services.flatMap(({ name, dependsOn }) =>
    [...closure(projects, dependsOn)].flatMap((other) =>
      (chains.get(name) ?? []).flatMap((waiting) =>
        (chains.get(other) ?? []).map(({ id }): [string, string] => [waiting.id, id]),
      ),
    ),
  );
}

it('has no cycle, whatever the services, chains and dependsOn', () => {
  fc.assert(
    fc.property(anyCase, (drawn) => {
      expect(findCycle(migrationGraph(drawn.services, drawn.chains))).toBeUndefined();
    }),
  );
});

it('orders every migration exactly once, after all that its chain and its dependsOn name', () => {
  fc.assert(
    fc.property(anyCase, ({ services, chains }) => {
      const order = topologicalOrder(migrationGraph(services, chains));
      const place = new Map(order.map((id, index) => [id, index]));
      expect([...order].sort()).toEqual(
        [...chains.values()].flatMap((chain) => chain.map(({ id }) => id)).sort(),
      );
      for (const [id, before] of declaredEdges(chains)) {
        for (const other of before) expect(place.get(other)).toBeLessThan(place.get(id) ?? -1);
      }
    }),
  );
});

it('waits for all of a project it depends on, but for what itself waits for it', () => {
  fc.assert(
    fc.property(anyCase, (drawn) => {
      const graph = migrationGraph(drawn.services, drawn.chains);
      for (const [waiting, awaited] of projectPairs(drawn)) {
        const waits = closure(graph, [waiting]).has(awaited);
        const awaitsIt = closure(graph, [awaited]).has(waiting);
        expect([waiting, awaited, waits !== awaitsIt]).toEqual([waiting, awaited, true]);
      }
    }),
  );
});

it('turns no project edge round between two services unless a dependsOn does', () => {
  fc.assert(
    fc.property(cases(fc.constant(2)), (drawn) => {
      const declared = declaredEdges(drawn.chains);
      const graph = migrationGraph(drawn.services, drawn.chains);
      for (const [waiting, awaited] of projectPairs(drawn)) {
        const closesCycle = closure(declared, [awaited]).has(waiting);
        expect([waiting, awaited, closure(graph, [waiting]).has(awaited)]).toEqual([
          waiting,
          awaited,
          !closesCycle,
        ]);
      }
    }),
    { numRuns: 300 },
  );
});

it('runs plain services, without any dependsOn between them, in project order', () => {
  fc.assert(
    fc.property(anyCase, ({ services, chains }) => {
      const plain = new Map(
        [...chains].map(([name, chain]) => [name, chain.map(({ id }) => ({ id, dependsOn: [] }))]),
      );
      const order = topologicalOrder(migrationGraph(services, plain));
      expect(order).toEqual(services.flatMap(({ name }) => (chains.get(name) ?? []).map(({ id }) => id)));
    }),
  );
});
