import type { Metrics } from '../observability/metrics';
import type { Sagas } from './sagas';

/** How many sagas there are: alert on any that is stuck. */
export function tellOfSagas(metrics: Metrics, sagas: Sagas): void {
  metrics.gauge({
    name: 'sagas',
    help: 'Sagas by name and state; those that are over are counted until they are forgotten',
    labels: ['saga', 'state'],
    collect: async () =>
      (await sagas.count()).map(({ saga, state, count }) => ({ labels: { saga, state }, value: count })),
  });
}
