import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, EntityNotFoundError, In, Repository } from 'typeorm';
import type { SessionBlock } from '../entities/exercise-prescription';
import { ExerciseTemplate } from '../entities/exercise-template';
import { SessionTemplate } from '../entities/session-template';
import { prescribe } from '../exercises/prescribe';
import { holdReferences } from '../known/hold-references';
import { UnknownReferenceError } from '../resources/unknown-reference-error';
import type { CreateSessionTemplateDto } from './dto/create-session-template.dto';
import type { SessionBlockDto } from './dto/session-block.dto';
import { SessionTemplateResource } from './dto/session-template.resource';
import type { UpdateSessionTemplateDto } from './dto/update-session-template.dto';
import { SESSION_TEMPLATE_LIST } from './session-template-list';

@Injectable()
export class SessionTemplatesService {
  constructor(@InjectRepository(SessionTemplate) private readonly templates: Repository<SessionTemplate>) {}

  /** @throws NotKnownError when the club is not known; UnknownReferenceError when it does not have an exercise of a block. */
  async create({ blocks = [], ...template }: CreateSessionTemplateDto): Promise<SessionTemplateResource> {
    return this.templates.manager.transaction(async (manager) => {
      const created = manager.create(SessionTemplate, { ...template, blocks: blocks.map(planBlock) });
      await holdReferences(manager, SessionTemplate, template);
      await holdExerciseTemplates(manager, created);
      return new SessionTemplateResource(await manager.save(created));
    });
  }

  list(query: PaginateQuery): Promise<Paginated<SessionTemplateResource>> {
    return listPage(query, this.templates, SESSION_TEMPLATE_LIST, SessionTemplateResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<SessionTemplateResource> {
    return new SessionTemplateResource(await this.templates.findOneByOrFail({ id }));
  }

  /**
   * @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated;
   *   UnknownReferenceError as `create`.
   */
  async update(
    id: string,
    { blocks, ...changes }: UpdateSessionTemplateDto,
  ): Promise<SessionTemplateResource> {
    return this.templates.manager.transaction(async (manager) => {
      const template = await manager.findOneByOrFail(SessionTemplate, { id });
      Object.assign(template, changes);
      if (blocks) {
        template.blocks = blocks.map(planBlock);
        await holdExerciseTemplates(manager, template);
      }
      return new SessionTemplateResource(await manager.save(template));
    });
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.templates.delete(id);
    if (!affected) throw new EntityNotFoundError(SessionTemplate, { id });
  }
}

function planBlock({ name, rounds = 1, exercises }: SessionBlockDto): SessionBlock {
  return { name, rounds, exercises: exercises.map(prescribe) };
}

/**
 * Does what a foreign key would do if JSON could have one: every exercise of the blocks exists, belongs to the same
 * club, and cannot be deleted until this transaction ends. FOR KEY SHARE is the very lock a foreign key takes:
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
 *
 * @throws UnknownReferenceError
 */
async function holdExerciseTemplates(manager: EntityManager, template: SessionTemplate): Promise<void> {
  const exercises = template.blocks.flatMap((block) => block.exercises);
  const wanted = [...new Set(exercises.map(({ exerciseTemplateId }) => exerciseTemplateId))];
  const found = await manager.find(ExerciseTemplate, {
    select: { id: true },
    where: { id: In(wanted), organizationId: template.organizationId },
    // Two writers that hold the same exercises take them in the same order, so they cannot wait in a circle.
    order: { id: 'ASC' },
    lock: { mode: 'for_key_share' },
  });
  const missing = wanted.filter((id) => !found.some((row) => row.id === id));
  if (missing.length === 0) return;
  throw new UnknownReferenceError('blocks', `The club has no exercise templates ${missing.join(', ')}.`);
}
