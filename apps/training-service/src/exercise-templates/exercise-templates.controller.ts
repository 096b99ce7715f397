import { PaginatedList } from '@hockey-hub/shared-lib';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Paginate, type Paginated, type PaginateQuery } from 'nestjs-paginate';
import { CreateExerciseTemplateDto } from './dto/create-exercise-template.dto';
import { ExerciseTemplateResource } from './dto/exercise-template.resource';
import { UpdateExerciseTemplateDto } from './dto/update-exercise-template.dto';
import { EXERCISE_TEMPLATE_LIST } from './exercise-template-list';
import { ExerciseTemplatesService } from './exercise-templates.service';

@ApiTags('exercise-templates')
@Controller('exercise-templates')
export class ExerciseTemplatesController {
  constructor(private readonly templates: ExerciseTemplatesService) {}

  @Post()
  @ApiOperation({ summary: 'Add an exercise to a club' })
  @ApiCreatedResponse({ type: ExerciseTemplateResource })
  create(@Body() template: CreateExerciseTemplateDto): Promise<ExerciseTemplateResource> {
    return this.templates.create(template);
  }

  @Get()
  @ApiOperation({ summary: 'List exercise templates' })
  @PaginatedList(ExerciseTemplateResource, EXERCISE_TEMPLATE_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<ExerciseTemplateResource>> {
    return this.templates.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show an exercise template' })
  @ApiOkResponse({ type: ExerciseTemplateResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<ExerciseTemplateResource> {
    return this.templates.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an exercise template' })
  @ApiOkResponse({ type: ExerciseTemplateResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateExerciseTemplateDto,
  ): Promise<ExerciseTemplateResource> {
    return this.templates.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove an exercise template that nothing plans with' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.templates.delete(id);
  }
}
