import { Body, Controller, Delete, Get, Logger, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Min, ValidateNested } from 'class-validator';
import type { Repository } from 'typeorm';
import { ProblemException } from '../../http/problem';
import { Club, Squad } from './entities';

export class CoachDto {
  @IsString()
  @IsNotEmpty()
  firstName!: string;
}

export class SquadDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  name!: string;

  @ApiProperty()
  @IsInt()
  @IsOptional()
  size?: number;

  @IsUUID()
  @IsOptional()
  clubId?: string;

  @IsInt()
  @Min(1)
  @IsOptional()
  version?: number;

  @ValidateNested({ each: true })
  @Type(() => CoachDto)
  @IsOptional()
  coaches?: CoachDto[];
}

export const WAITING_LOCK = 4711;

/** Endpoints that fail in every way a service's endpoints can. */
@Controller('squads')
export class SquadsController {
  private readonly logger = new Logger(SquadsController.name);

  constructor(
    @InjectRepository(Squad) private readonly squads: Repository<Squad>,
    @InjectRepository(Club) private readonly clubs: Repository<Club>,
  ) {}

  @Post()
  async create(@Body() { name, size, clubId }: SquadDto): Promise<Squad> {
    return this.squads.save(this.squads.create({ name, size, clubId }));
  }

  @Get(':id')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<Squad> {
    return this.squads.findOneByOrFail({ id });
  }

  @Patch(':id')
  async change(@Param('id', ParseUUIDPipe) id: string, @Body() { name, version }: SquadDto): Promise<Squad> {
    return this.squads.save({ id, name, version });
  }

  @Delete('clubs/:id')
  async deleteClub(@Param('id') id: string): Promise<void> {
    await this.clubs.delete(id);
  }

  /** Runs until whoever holds the advisory lock lets go of it. */
  @Get('failures/waiting')
  async waiting(): Promise<{ waited: true }> {
    await this.squads.query('SELECT pg_advisory_xact_lock($1)', [WAITING_LOCK]);
    return { waited: true };
  }

  /** Never ends, and keeps the process alive. */
  @Get('failures/hanging')
  hanging(): Promise<never> {
    this.logger.log('hanging');
    return new Promise(() => setInterval(() => undefined, 60_000));
  }

  @Get('failures/unexpected')
  unexpected(): never {
    throw new Error('the password of the database is swordfish');
  }

  @Get('failures/own')
  own(): never {
    this.logger.warn('the squad is full', { squad: 'U14', accessToken: 'hush-4' });
    throw new ProblemException(409, { code: 'SQUAD_FULL', detail: 'The squad is full.', limit: 25 });
  }
}
