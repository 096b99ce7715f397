import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExerciseTemplate } from '../entities/exercise-template';
import { ExerciseTemplatesController } from './exercise-templates.controller';
import { ExerciseTemplatesService } from './exercise-templates.service';

@Module({
  imports: [TypeOrmModule.forFeature([ExerciseTemplate])],
  controllers: [ExerciseTemplatesController],
  providers: [ExerciseTemplatesService],
})
export class ExerciseTemplatesModule {}
