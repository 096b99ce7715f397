import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WorkoutAssignment } from '../entities/workout-assignment';
import { WorkoutAssignmentsController } from './workout-assignments.controller';
import { WorkoutAssignmentsService } from './workout-assignments.service';

@Module({
  imports: [TypeOrmModule.forFeature([WorkoutAssignment])],
  controllers: [WorkoutAssignmentsController],
  providers: [WorkoutAssignmentsService],
})
export class WorkoutAssignmentsModule {}
