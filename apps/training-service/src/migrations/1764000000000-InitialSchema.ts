import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Also where the road of clubs ends that had the platform's predecessor; see the folder `legacy`. */
export class InitialSchema1764000000000 implements MigrationInterface {
  static replaces = [
    'LegacyTraining',
    'LegacyDecisions',
    'UsersAddUuidColumns',
    'UsersGenerateUuids',
    'UsersUpdateReferences',
    'UsersSwitchPrimaryKeys',
    'UsersRemoveNumericIds',
    'LegacyToTarget',
  ];

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`create type "public"."development_goals_category_enum" as enum ('technical', 'tactical', 'physical', 'mental', 'lifestyle')`);
    await queryRunner.query(`create type "public"."development_goals_status_enum" as enum ('open', 'in_progress', 'achieved', 'missed', 'dropped')`);
    await queryRunner.query(`create type "public"."development_plans_status_enum" as enum ('draft', 'active', 'completed', 'cancelled')`);
    await queryRunner.query(`create type "public"."exercise_templates_category_enum" as enum ('strength', 'power', 'speed', 'agility', 'endurance', 'mobility', 'balance', 'skating', 'stickhandling', 'shooting', 'goaltending', 'recovery')`);
    await queryRunner.query(`create type "public"."exercise_templates_muscle_groups_enum" as enum ('neck', 'shoulders', 'chest', 'back', 'arms', 'forearms', 'core', 'hips', 'adductors', 'glutes', 'quadriceps', 'hamstrings', 'calves', 'full_body')`);
    await queryRunner.query(`create type "public"."player_evaluations_occasion_enum" as enum ('tryout', 'preseason', 'midseason', 'postseason', 'other')`);
    await queryRunner.query(`create type "public"."session_templates_category_enum" as enum ('strength', 'cardio', 'hybrid', 'agility', 'recovery')`);
    await queryRunner.query(`create type "public"."session_templates_difficulty_enum" as enum ('beginner', 'intermediate', 'advanced', 'elite')`);
    await queryRunner.query(`create type "public"."workout_assignments_status_enum" as enum ('assigned', 'completed', 'missed', 'cancelled')`);
    await queryRunner.query(`create type "public"."workout_executions_status_enum" as enum ('pending', 'active', 'completed', 'cancelled')`);
    await queryRunner.query(`create type "public"."workout_sessions_status_enum" as enum ('draft', 'scheduled', 'active', 'completed', 'cancelled')`);
    await queryRunner.query(`create type "public"."workout_sessions_type_enum" as enum ('strength', 'cardio', 'hybrid', 'agility', 'recovery')`);
    await queryRunner.query(`create table "public"."development_goals" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "development_plan_id" uuid not null, "title" character varying(150) not null, "description" character varying(2000), "category" development_goals_category_enum not null, "status" development_goals_status_enum not null default 'open'::development_goals_status_enum, "metric" character varying(100), "unit" character varying(20), "baseline_value" numeric(10,3), "target_value" numeric(10,3), "current_value" numeric(10,3), "due_on" date, "achieved_on" date )`);
    await queryRunner.query(`create table "public"."development_plans" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "player_id" uuid not null, "team_id" uuid not null, "coach_id" uuid not null, "player_evaluation_id" uuid, "title" character varying(150) not null, "season" character varying(9) not null, "status" development_plans_status_enum not null default 'draft'::development_plans_status_enum, "starts_on" date not null, "ends_on" date not null, "summary" character varying(2000) )`);
    await queryRunner.query(`create table "public"."exercise_executions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "workout_execution_id" uuid not null, "exercise_id" uuid not null, "results" jsonb not null, "rpe" smallint )`);
    await queryRunner.query(`create table "public"."exercise_templates" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "organization_id" uuid not null, "name" character varying(150) not null, "category" exercise_templates_category_enum not null, "muscle_groups" exercise_templates_muscle_groups_enum[] not null default '{}'::exercise_templates_muscle_groups_enum[], "equipment" character varying(60)[] not null default '{}'::character varying[], "instructions" character varying(5000), "video_url" character varying(2048) )`);
    await queryRunner.query(`create table "public"."exercises" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "workout_session_id" uuid not null, "exercise_template_id" uuid not null, "position" smallint not null, "sets" smallint not null default '1'::smallint, "reps" smallint, "rest_seconds" smallint not null default '0'::smallint, "target" jsonb not null default '{}'::jsonb )`);
    await queryRunner.query(`create table "public"."player_evaluations" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "player_id" uuid not null, "team_id" uuid not null, "evaluator_id" uuid not null, "occasion" player_evaluations_occasion_enum not null, "evaluated_on" date not null, "skating" smallint, "puck_handling" smallint, "passing" smallint, "shooting" smallint, "hockey_sense" smallint, "defending" smallint, "physical_play" smallint, "conditioning" smallint, "compete_level" smallint, "coachability" smallint, "goaltending" smallint, "strengths" character varying(2000), "areas_to_improve" character varying(2000), "shared_at" timestamp with time zone )`);
    await queryRunner.query(`create table "public"."player_workout_loads" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "workout_session_id" uuid not null, "player_id" uuid not null, "load_factor" numeric(5,3) not null default '1'::numeric, "notes" character varying(2000) )`);
    await queryRunner.query(`create table "public"."session_templates" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "organization_id" uuid not null, "name" character varying(150) not null, "category" session_templates_category_enum not null, "difficulty" session_templates_difficulty_enum not null, "blocks" jsonb not null default '[]'::jsonb )`);
    await queryRunner.query(`create table "public"."workout_assignments" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "workout_session_id" uuid not null, "player_id" uuid, "team_id" uuid, "status" workout_assignments_status_enum not null default 'assigned'::workout_assignments_status_enum, "due_at" timestamp with time zone, "recurrence" character varying(200) )`);
    await queryRunner.query(`create table "public"."workout_executions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "workout_session_id" uuid not null, "player_id" uuid not null, "status" workout_executions_status_enum not null default 'pending'::workout_executions_status_enum, "started_at" timestamp with time zone, "completed_at" timestamp with time zone, "min_heart_rate_bpm" smallint, "average_heart_rate_bpm" smallint, "max_heart_rate_bpm" smallint, "heart_rate_zone_seconds" integer[] )`);
    await queryRunner.query(`create table "public"."workout_sessions" ( "id" uuid not null default gen_random_uuid(), "created_at" timestamp with time zone not null default now(), "updated_at" timestamp with time zone not null default now(), "version" integer not null default 1, "team_id" uuid not null, "created_by" uuid not null, "title" character varying(150) not null, "type" workout_sessions_type_enum not null, "status" workout_sessions_status_enum not null default 'draft'::workout_sessions_status_enum, "scheduled_at" timestamp with time zone, "duration_minutes" smallint, "location" character varying(200) )`);
    await queryRunner.query(`CREATE INDEX ix_development_goals_development_plan_id ON public.development_goals USING btree (development_plan_id)`);
    await queryRunner.query(`CREATE INDEX ix_development_plans_coach_id ON public.development_plans USING btree (coach_id)`);
    await queryRunner.query(`CREATE INDEX ix_development_plans_player_evaluation_id ON public.development_plans USING btree (player_evaluation_id)`);
    await queryRunner.query(`CREATE INDEX ix_development_plans_player_id ON public.development_plans USING btree (player_id)`);
    await queryRunner.query(`CREATE INDEX ix_development_plans_team_id ON public.development_plans USING btree (team_id)`);
    await queryRunner.query(`CREATE INDEX ix_exercise_executions_exercise_id ON public.exercise_executions USING btree (exercise_id)`);
    await queryRunner.query(`CREATE INDEX ix_exercises_exercise_template_id ON public.exercises USING btree (exercise_template_id)`);
    await queryRunner.query(`CREATE INDEX ix_player_evaluations_evaluator_id ON public.player_evaluations USING btree (evaluator_id)`);
    await queryRunner.query(`CREATE INDEX ix_player_evaluations_team_id ON public.player_evaluations USING btree (team_id)`);
    await queryRunner.query(`CREATE INDEX ix_player_workout_loads_player_id ON public.player_workout_loads USING btree (player_id)`);
    await queryRunner.query(`CREATE INDEX ix_session_templates_organization_id ON public.session_templates USING btree (organization_id)`);
    await queryRunner.query(`CREATE INDEX ix_workout_assignments_player_id ON public.workout_assignments USING btree (player_id)`);
    await queryRunner.query(`CREATE INDEX ix_workout_assignments_team_id ON public.workout_assignments USING btree (team_id)`);
    await queryRunner.query(`CREATE INDEX ix_workout_assignments_workout_session_id ON public.workout_assignments USING btree (workout_session_id)`);
    await queryRunner.query(`CREATE INDEX ix_workout_executions_player_id ON public.workout_executions USING btree (player_id)`);
    await queryRunner.query(`CREATE INDEX ix_workout_sessions_created_by ON public.workout_sessions USING btree (created_by)`);
    await queryRunner.query(`CREATE INDEX ix_workout_sessions_team_id_scheduled_at ON public.workout_sessions USING btree (team_id, scheduled_at)`);
    await queryRunner.query(`CREATE UNIQUE INDEX uq_development_plans_active ON public.development_plans USING btree (player_id, team_id) WHERE (status = 'active'::development_plans_status_enum)`);
    await queryRunner.query(`alter table "public"."development_goals" add constraint "pk_development_goals" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."development_plans" add constraint "pk_development_plans" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "pk_exercise_executions" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "pk_exercise_templates" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "pk_exercises" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."player_evaluations" add constraint "pk_player_evaluations" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."player_workout_loads" add constraint "pk_player_workout_loads" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."session_templates" add constraint "pk_session_templates" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."workout_assignments" add constraint "pk_workout_assignments" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "pk_workout_executions" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."workout_sessions" add constraint "pk_workout_sessions" PRIMARY KEY (id)`);
    await queryRunner.query(`alter table "public"."development_goals" add constraint "ck_development_goals_achieved_on" CHECK (((status = 'achieved'::development_goals_status_enum) = (achieved_on IS NOT NULL)))`);
    await queryRunner.query(`alter table "public"."development_goals" add constraint "ck_development_goals_measure" CHECK (((num_nonnulls(metric, unit, target_value) = ANY (ARRAY[0, 3])) AND ((metric IS NOT NULL) OR (num_nonnulls(baseline_value, current_value) = 0))))`);
    await queryRunner.query(`alter table "public"."development_goals" add constraint "ck_development_goals_title" CHECK ((btrim((title)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."development_goals" add constraint "fk_development_goals_development_plan_id" FOREIGN KEY (development_plan_id) REFERENCES development_plans(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."development_plans" add constraint "ck_development_plans_period" CHECK ((ends_on > starts_on))`);
    await queryRunner.query(`alter table "public"."development_plans" add constraint "ck_development_plans_season" CHECK (((season)::text ~ '^[0-9]{4}(-[0-9]{4})?$'::text))`);
    await queryRunner.query(`alter table "public"."development_plans" add constraint "ck_development_plans_title" CHECK ((btrim((title)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."development_plans" add constraint "fk_development_plans_player_evaluation_id" FOREIGN KEY (player_evaluation_id) REFERENCES player_evaluations(id) ON DELETE SET NULL`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "ck_exercise_executions_results" CHECK ((jsonb_typeof(results) = 'object'::text))`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "ck_exercise_executions_rpe" CHECK (((rpe >= 1) AND (rpe <= 10)))`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "fk_exercise_executions_exercise_id" FOREIGN KEY (exercise_id) REFERENCES exercises(id)`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "fk_exercise_executions_workout_execution_id" FOREIGN KEY (workout_execution_id) REFERENCES workout_executions(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."exercise_executions" add constraint "uq_exercise_executions_workout_execution_id_exercise_id" UNIQUE (workout_execution_id, exercise_id)`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "ck_exercise_templates_equipment" CHECK (((cardinality(equipment) <= 20) AND (array_position(equipment, NULL::character varying) IS NULL) AND (''::text <> ALL ((equipment)::text[]))))`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "ck_exercise_templates_instructions" CHECK ((btrim((instructions)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "ck_exercise_templates_muscle_groups" CHECK ((array_position(muscle_groups, NULL::exercise_templates_muscle_groups_enum) IS NULL))`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "ck_exercise_templates_name" CHECK ((btrim((name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "ck_exercise_templates_video_url" CHECK (((video_url)::text ~ '^https?://'::text))`);
    await queryRunner.query(`alter table "public"."exercise_templates" add constraint "uq_exercise_templates_organization_id_name" UNIQUE (organization_id, name)`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "ck_exercises_position" CHECK ((("position" >= 1) AND ("position" <= 100)))`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "ck_exercises_reps" CHECK (((reps >= 1) AND (reps <= 1000)))`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "ck_exercises_rest_seconds" CHECK (((rest_seconds >= 0) AND (rest_seconds <= 3600)))`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "ck_exercises_sets" CHECK (((sets >= 1) AND (sets <= 50)))`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "ck_exercises_target" CHECK ((jsonb_typeof(target) = 'object'::text))`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "fk_exercises_exercise_template_id" FOREIGN KEY (exercise_template_id) REFERENCES exercise_templates(id)`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "fk_exercises_workout_session_id" FOREIGN KEY (workout_session_id) REFERENCES workout_sessions(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."exercises" add constraint "uq_exercises_workout_session_id_position" UNIQUE (workout_session_id, "position") DEFERRABLE`);
    await queryRunner.query(`alter table "public"."player_evaluations" add constraint "ck_player_evaluations_rated" CHECK ((num_nonnulls(skating, puck_handling, passing, shooting, hockey_sense, defending, physical_play, conditioning, compete_level, coachability, goaltending) > 0))`);
    await queryRunner.query(`alter table "public"."player_evaluations" add constraint "ck_player_evaluations_ratings" CHECK (((skating >= 1) AND (skating <= 10) AND (puck_handling >= 1) AND (puck_handling <= 10) AND (passing >= 1) AND (passing <= 10) AND (shooting >= 1) AND (shooting <= 10) AND (hockey_sense >= 1) AND (hockey_sense <= 10) AND (defending >= 1) AND (defending <= 10) AND (physical_play >= 1) AND (physical_play <= 10) AND (conditioning >= 1) AND (conditioning <= 10) AND (compete_level >= 1) AND (compete_level <= 10) AND (coachability >= 1) AND (coachability <= 10) AND (goaltending >= 1) AND (goaltending <= 10)))`);
    await queryRunner.query(`alter table "public"."player_evaluations" add constraint "ck_player_evaluations_self" CHECK ((player_id <> evaluator_id))`);
    await queryRunner.query(`alter table "public"."player_evaluations" add constraint "uq_player_evaluations_opinion" UNIQUE (player_id, evaluator_id, team_id, evaluated_on)`);
    await queryRunner.query(`alter table "public"."player_workout_loads" add constraint "ck_player_workout_loads_load_factor" CHECK (((load_factor >= (0)::numeric) AND (load_factor <= (10)::numeric)))`);
    await queryRunner.query(`alter table "public"."player_workout_loads" add constraint "ck_player_workout_loads_notes" CHECK ((btrim((notes)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."player_workout_loads" add constraint "fk_player_workout_loads_workout_session_id" FOREIGN KEY (workout_session_id) REFERENCES workout_sessions(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."player_workout_loads" add constraint "uq_player_workout_loads_workout_session_id_player_id" UNIQUE (workout_session_id, player_id)`);
    await queryRunner.query(`alter table "public"."session_templates" add constraint "ck_session_templates_blocks" CHECK ( CASE WHEN (jsonb_typeof(blocks) = 'array'::text) THEN (jsonb_array_length(blocks) <= 20) ELSE false END)`);
    await queryRunner.query(`alter table "public"."session_templates" add constraint "ck_session_templates_name" CHECK ((btrim((name)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."workout_assignments" add constraint "ck_workout_assignments_assignee" CHECK ((num_nonnulls(player_id, team_id) = 1))`);
    await queryRunner.query(`alter table "public"."workout_assignments" add constraint "ck_workout_assignments_first_due" CHECK (((recurrence IS NULL) OR (due_at IS NOT NULL)))`);
    await queryRunner.query(`alter table "public"."workout_assignments" add constraint "ck_workout_assignments_recurrence" CHECK (((recurrence)::text ~ '^FREQ=(DAILY|WEEKLY|MONTHLY)(;INTERVAL=[1-9][0-9]?)?(;BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*)?(;(COUNT=[1-9][0-9]{0,2}|UNTIL=[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z))?$'::text))`);
    await queryRunner.query(`alter table "public"."workout_assignments" add constraint "fk_workout_assignments_workout_session_id" FOREIGN KEY (workout_session_id) REFERENCES workout_sessions(id) ON DELETE CASCADE`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "ck_workout_executions_duration" CHECK ((completed_at >= started_at))`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "ck_workout_executions_heart_rate" CHECK (((min_heart_rate_bpm >= 25) AND (min_heart_rate_bpm <= 250) AND (average_heart_rate_bpm >= 25) AND (average_heart_rate_bpm <= 250) AND (max_heart_rate_bpm >= 25) AND (max_heart_rate_bpm <= 250)))`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "ck_workout_executions_heart_rate_order" CHECK (((min_heart_rate_bpm <= average_heart_rate_bpm) AND (average_heart_rate_bpm <= max_heart_rate_bpm) AND (min_heart_rate_bpm <= max_heart_rate_bpm)))`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "ck_workout_executions_heart_rate_zone_seconds" CHECK (((cardinality(heart_rate_zone_seconds) = 5) AND (array_position(heart_rate_zone_seconds, NULL::integer) IS NULL) AND (0 <= ALL (heart_rate_zone_seconds)) AND (86400 >= ALL (heart_rate_zone_seconds))))`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "ck_workout_executions_times" CHECK ( CASE status WHEN 'pending'::workout_executions_status_enum THEN (num_nonnulls(started_at, completed_at) = 0) WHEN 'active'::workout_executions_status_enum THEN ((started_at IS NOT NULL) AND (completed_at IS NULL)) WHEN 'completed'::workout_executions_status_enum THEN (num_nonnulls(started_at, completed_at) = 2) ELSE (completed_at IS NULL) END)`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "fk_workout_executions_workout_session_id" FOREIGN KEY (workout_session_id) REFERENCES workout_sessions(id)`);
    await queryRunner.query(`alter table "public"."workout_executions" add constraint "uq_workout_executions_workout_session_id_player_id" UNIQUE (workout_session_id, player_id)`);
    await queryRunner.query(`alter table "public"."workout_sessions" add constraint "ck_workout_sessions_duration_minutes" CHECK (((duration_minutes >= 1) AND (duration_minutes <= 600)))`);
    await queryRunner.query(`alter table "public"."workout_sessions" add constraint "ck_workout_sessions_location" CHECK ((btrim((location)::text) <> ''::text))`);
    await queryRunner.query(`alter table "public"."workout_sessions" add constraint "ck_workout_sessions_scheduled_at" CHECK (((status = ANY (ARRAY['draft'::workout_sessions_status_enum, 'cancelled'::workout_sessions_status_enum])) OR (scheduled_at IS NOT NULL)))`);
    await queryRunner.query(`alter table "public"."workout_sessions" add constraint "ck_workout_sessions_title" CHECK ((btrim((title)::text) <> ''::text))`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table "public"."development_goals" drop constraint "fk_development_goals_development_plan_id"`);
    await queryRunner.query(`alter table "public"."development_plans" drop constraint "fk_development_plans_player_evaluation_id"`);
    await queryRunner.query(`alter table "public"."exercise_executions" drop constraint "fk_exercise_executions_exercise_id"`);
    await queryRunner.query(`alter table "public"."exercise_executions" drop constraint "fk_exercise_executions_workout_execution_id"`);
    await queryRunner.query(`alter table "public"."exercises" drop constraint "fk_exercises_exercise_template_id"`);
    await queryRunner.query(`alter table "public"."exercises" drop constraint "fk_exercises_workout_session_id"`);
    await queryRunner.query(`alter table "public"."player_workout_loads" drop constraint "fk_player_workout_loads_workout_session_id"`);
    await queryRunner.query(`alter table "public"."workout_assignments" drop constraint "fk_workout_assignments_workout_session_id"`);
    await queryRunner.query(`alter table "public"."workout_executions" drop constraint "fk_workout_executions_workout_session_id"`);
    await queryRunner.query(`drop table "public"."development_goals"`);
    await queryRunner.query(`drop table "public"."development_plans"`);
    await queryRunner.query(`drop table "public"."exercise_executions"`);
    await queryRunner.query(`drop table "public"."exercise_templates"`);
    await queryRunner.query(`drop table "public"."exercises"`);
    await queryRunner.query(`drop table "public"."player_evaluations"`);
    await queryRunner.query(`drop table "public"."player_workout_loads"`);
    await queryRunner.query(`drop table "public"."session_templates"`);
    await queryRunner.query(`drop table "public"."workout_assignments"`);
    await queryRunner.query(`drop table "public"."workout_executions"`);
    await queryRunner.query(`drop table "public"."workout_sessions"`);
    await queryRunner.query(`drop type "public"."development_goals_category_enum"`);
    await queryRunner.query(`drop type "public"."development_goals_status_enum"`);
    await queryRunner.query(`drop type "public"."development_plans_status_enum"`);
    await queryRunner.query(`drop type "public"."exercise_templates_category_enum"`);
    await queryRunner.query(`drop type "public"."exercise_templates_muscle_groups_enum"`);
    await queryRunner.query(`drop type "public"."player_evaluations_occasion_enum"`);
    await queryRunner.query(`drop type "public"."session_templates_category_enum"`);
    await queryRunner.query(`drop type "public"."session_templates_difficulty_enum"`);
    await queryRunner.query(`drop type "public"."workout_assignments_status_enum"`);
    await queryRunner.query(`drop type "public"."workout_executions_status_enum"`);
    await queryRunner.query(`drop type "public"."workout_sessions_status_enum"`);
    await queryRunner.query(`drop type "public"."workout_sessions_type_enum"`);
  }
}
