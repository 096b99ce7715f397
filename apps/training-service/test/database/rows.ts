import { TableRows, type Columns } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';

/** Valid rows of this service's tables; every method fills in what it is not told. */
export class Rows extends TableRows {
  exerciseTemplate(columns: Columns = {}): Promise<string> {
    const template = { organization_id: uuidv7(), name: 'Goblet squat', category: 'strength' };
    return this.insert('exercise_templates', { ...template, ...columns });
  }

  sessionTemplate(columns: Columns = {}): Promise<string> {
    const template = { name: 'Week 1', category: 'strength', difficulty: 'beginner' };
    return this.insert('session_templates', {
      organization_id: uuidv7(),
      ...template,
      ...columns,
    });
  }

  workoutSession(columns: Columns = {}): Promise<string> {
    const session = { team_id: uuidv7(), created_by: uuidv7(), title: 'Leg day', type: 'strength' };
    return this.insert('workout_sessions', { ...session, ...columns });
  }

  async exercise(columns: Columns = {}): Promise<string> {
    return this.insert('exercises', {
      workout_session_id: columns['workout_session_id'] ?? (await this.workoutSession()),
      exercise_template_id: columns['exercise_template_id'] ?? (await this.exerciseTemplate()),
      position: 1,
      ...columns,
    });
  }

  /** To a player, unless the columns say otherwise. */
  async workoutAssignment(columns: Columns = {}): Promise<string> {
    return this.insert('workout_assignments', {
      workout_session_id: columns['workout_session_id'] ?? (await this.workoutSession()),
      player_id: uuidv7(),
      ...columns,
    });
  }

  async workoutExecution(columns: Columns = {}): Promise<string> {
    return this.insert('workout_executions', {
      workout_session_id: columns['workout_session_id'] ?? (await this.workoutSession()),
      player_id: uuidv7(),
      ...columns,
    });
  }

  async exerciseExecution(columns: Columns = {}): Promise<string> {
    return this.insert('exercise_executions', {
      workout_execution_id: columns['workout_execution_id'] ?? (await this.workoutExecution()),
      exercise_id: columns['exercise_id'] ?? (await this.exercise()),
      results: { sets: [] },
      ...columns,
    });
  }

  async playerWorkoutLoad(columns: Columns = {}): Promise<string> {
    return this.insert('player_workout_loads', {
      workout_session_id: columns['workout_session_id'] ?? (await this.workoutSession()),
      player_id: uuidv7(),
      ...columns,
    });
  }

  playerEvaluation(columns: Columns = {}): Promise<string> {
    const people = { player_id: uuidv7(), team_id: uuidv7(), evaluator_id: uuidv7() };
    const evaluation = { occasion: 'midseason', evaluated_on: '2026-12-20', skating: 7 };
    return this.insert('player_evaluations', { ...people, ...evaluation, ...columns });
  }

  developmentPlan(columns: Columns = {}): Promise<string> {
    const people = { player_id: uuidv7(), team_id: uuidv7(), coach_id: uuidv7() };
    const plan = { title: 'Edge work', season: '2026-2027', starts_on: '2026-09-01', ends_on: '2027-03-31' };
    return this.insert('development_plans', { ...people, ...plan, ...columns });
  }

  async developmentGoal(columns: Columns = {}): Promise<string> {
    return this.insert('development_goals', {
      development_plan_id: columns['development_plan_id'] ?? (await this.developmentPlan()),
      title: 'Skate 30 m in 4.6 s',
      category: 'physical',
      ...columns,
    });
  }
}
