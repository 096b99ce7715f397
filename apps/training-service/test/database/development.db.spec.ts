import { v7 as uuidv7 } from 'uuid';
import { itRefuses, NO_SUCH_VALUE, NOBODY, twice, useRows } from '@hockey-hub/shared-lib/src/testing';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from './rows';

const context = useRows(trainingDatabase, Rows);
const COACH = uuidv7();
const MEASURE = { metric: '30 m skating', unit: 's', target_value: 4.6 };

describe('evaluations: the database itself refuses', () => {
  itRefuses(context, [
    [
      'two opinions of one coach in a day',
      'uq_player_evaluations_opinion',
      ({ rows }) =>
        twice(() => rows.playerEvaluation({ player_id: NOBODY, team_id: NOBODY, evaluator_id: COACH })),
    ],
    [
      'a player who evaluates himself',
      'ck_player_evaluations_self',
      ({ rows }) => rows.playerEvaluation({ player_id: COACH, evaluator_id: COACH }),
    ],
    [
      'an evaluation without a rating',
      'ck_player_evaluations_rated',
      ({ rows }) => rows.playerEvaluation({ skating: null }),
    ],
    ['a rating of 0', 'ck_player_evaluations_ratings', ({ rows }) => rows.playerEvaluation({ skating: 0 })],
    [
      'a rating of 11',
      'ck_player_evaluations_ratings',
      ({ rows }) => rows.playerEvaluation({ goaltending: 11 }),
    ],
    ['an unknown occasion', NO_SUCH_VALUE, ({ rows }) => rows.playerEvaluation({ occasion: 'party' })],
  ]);
});

describe('development plans: the database itself refuses', () => {
  itRefuses(context, [
    [
      'a second active plan of a player in a team',
      'uq_development_plans_active',
      ({ rows }) =>
        twice(() => rows.developmentPlan({ player_id: NOBODY, team_id: NOBODY, status: 'active' })),
    ],
    [
      'a plan that ends before it begins',
      'ck_development_plans_period',
      ({ rows }) => rows.developmentPlan({ ends_on: '2026-08-31' }),
    ],
    [
      'a season in other words',
      'ck_development_plans_season',
      ({ rows }) => rows.developmentPlan({ season: '26/27' }),
    ],
    ['a blank title', 'ck_development_plans_title', ({ rows }) => rows.developmentPlan({ title: '' })],
    [
      'an evaluation that nobody made',
      'fk_development_plans_player_evaluation_id',
      ({ rows }) => rows.developmentPlan({ player_evaluation_id: NOBODY }),
    ],
    [
      'a goal of no plan',
      'fk_development_goals_development_plan_id',
      ({ rows }) => rows.developmentGoal({ development_plan_id: NOBODY }),
    ],
    ['a blank goal', 'ck_development_goals_title', ({ rows }) => rows.developmentGoal({ title: ' ' })],
    [
      'a target without a metric',
      'ck_development_goals_measure',
      ({ rows }) => rows.developmentGoal({ ...MEASURE, metric: null }),
    ],
    [
      'a metric without a target',
      'ck_development_goals_measure',
      ({ rows }) => rows.developmentGoal({ ...MEASURE, target_value: null }),
    ],
    [
      'a measured value of nothing',
      'ck_development_goals_measure',
      ({ rows }) => rows.developmentGoal({ current_value: 4.8 }),
    ],
    [
      'a goal achieved on no day',
      'ck_development_goals_achieved_on',
      ({ rows }) => rows.developmentGoal({ status: 'achieved' }),
    ],
    [
      'a missed goal with a day of achievement',
      'ck_development_goals_achieved_on',
      ({ rows }) => rows.developmentGoal({ status: 'missed', achieved_on: '2027-01-31' }),
    ],
  ]);
});

describe('the database itself accepts', () => {
  it('a closed plan beside an active one, and an active one in another team', async () => {
    const player = { player_id: uuidv7(), team_id: uuidv7() };
    await context.rows.developmentPlan({ ...player, status: 'completed' });
    await context.rows.developmentPlan({ ...player, status: 'active' });
    await context.rows.developmentPlan({ ...player, team_id: uuidv7(), status: 'active' });
    expect(await context.rows.count('development_plans')).toBe(3);
  });

  it('a measured goal and one that is judged by eye', async () => {
    const development_plan_id = await context.rows.developmentPlan();
    await context.rows.developmentGoal({ development_plan_id, ...MEASURE, baseline_value: 4.9 });
    await context.rows.developmentGoal({ development_plan_id });
    expect(await context.rows.count('development_goals')).toBe(2);
  });
});

it('keeps a plan when the evaluation behind it is removed, and removes the goals with the plan', async () => {
  const player_evaluation_id = await context.rows.playerEvaluation();
  const development_plan_id = await context.rows.developmentPlan({ player_evaluation_id });
  await context.rows.developmentGoal({ development_plan_id });

  await context.client.query('DELETE FROM player_evaluations');
  const { rows } = await context.client.query('SELECT player_evaluation_id FROM development_plans');
  expect(rows).toEqual([{ player_evaluation_id: null }]);

  await context.client.query('DELETE FROM development_plans');
  expect(await context.rows.count('development_goals')).toBe(0);
});
