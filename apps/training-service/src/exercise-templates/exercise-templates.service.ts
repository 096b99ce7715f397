import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { Repository } from 'typeorm';
import { ExerciseTemplate } from '../entities/exercise-template';
import { SessionTemplate } from '../entities/session-template';
import { holdReferences } from '../known/hold-references';
import type { CreateExerciseTemplateDto } from './dto/create-exercise-template.dto';
import { ExerciseTemplateResource } from './dto/exercise-template.resource';
import type { UpdateExerciseTemplateDto } from './dto/update-exercise-template.dto';
import { EXERCISE_TEMPLATE_LIST } from './exercise-template-list';
import { TemplateInUseError } from './template-in-use-error';

/** How many session templates an error names at most. */
const NAMED_SESSION_TEMPLATES = 5;

@Injectable()
export class ExerciseTemplatesService {
  constructor(@InjectRepository(ExerciseTemplate) private readonly templates: Repository<ExerciseTemplate>) {}

  /** @throws NotKnownError when the club is not known. */
  create(template: CreateExerciseTemplateDto): Promise<ExerciseTemplateResource> {
    return this.templates.manager.transaction(async (manager) => {
      await holdReferences(manager, ExerciseTemplate, template);
      const created = manager.create(ExerciseTemplate, { ...template });
      return new ExerciseTemplateResource(await manager.save(created));
    });
  }

  list(query: PaginateQuery): Promise<Paginated<ExerciseTemplateResource>> {
    return listPage(query, this.templates, EXERCISE_TEMPLATE_LIST, ExerciseTemplateResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<ExerciseTemplateResource> {
    return new ExerciseTemplateResource(await this.templates.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  async update(id: string, changes: UpdateExerciseTemplateDto): Promise<ExerciseTemplateResource> {
    const template = await this.templates.findOneByOrFail({ id });
    return new ExerciseTemplateResource(await this.templates.save(Object.assign(template, changes)));
  }

  /**
   * Refused by the database while a session has the exercise, and here while a session template does, whose
   * blocks no foreign key can watch.
   *
   * @throws EntityNotFoundError; TemplateInUseError
   */
  async delete(id: string): Promise<void> {
    await this.templates.manager.transaction(async (manager) => {
      // Waits for session templates that are being written with this exercise; see SessionTemplatesService.
      const template = await manager.findOneOrFail(ExerciseTemplate, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const users = await manager
        .createQueryBuilder(SessionTemplate, 'session')
        .where('session.organizationId = :organizationId', { organizationId: template.organizationId })
        .andWhere(`session.blocks @> CAST(:use AS jsonb)`, {
          use: JSON.stringify([{ exercises: [{ exerciseTemplateId: template.id }] }]),
        })
        .orderBy('session.name')
        .limit(NAMED_SESSION_TEMPLATES)
        .getMany();
      if (users.length > 0) throw new TemplateInUseError(users.map(({ name }) => name));
      await manager.delete(ExerciseTemplate, { id });
    });
  }
}
