import { formatted } from '../testing/formatted';
import { renderCrossService } from './render-cross-service';

const reference = (from: string, to: string) => {
  const [service = '', table = '', column = ''] = from.split('.');
  const [targetService = '', targetTable = ''] = to.split('.');
  return { service, table, column, property: `Entity.${column}`, targetService, targetTable };
};

it('draws one arrow for all columns from one table to another, and lists each column', async () => {
  const text = renderCrossService([
    reference('training-service.plans.player_id', 'user-service.users'),
    reference('training-service.plans.coach_id', 'user-service.users'),
    reference('calendar-service.events.plan_id', 'training-service.plans'),
  ]);
  expect(text).toContain(`flowchart LR
  subgraph calendar_service["calendar-service"]
    calendar_service__events["events"]
  end
  subgraph training_service["training-service"]
    training_service__plans["plans"]
  end
  subgraph user_service["user-service"]
    user_service__users["users"]
  end
  calendar_service__events -->|"plan_id"| training_service__plans
  training_service__plans -->|"coach_id, player_id"| user_service__users
`);
  expect(text).toContain(
    '| `training-service.plans.coach_id`  | `Entity.coach_id`  | `user-service.users`     |\n',
  );
  expect(await formatted(text)).toBe(text);
});

it('is a page also before there is a reference', async () => {
  const text = renderCrossService([]);
  expect(text).toContain('There are none yet.');
  expect(await formatted(text)).toBe(text);
});
