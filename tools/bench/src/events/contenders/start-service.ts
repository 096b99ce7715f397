import { createLogger, NestLogger } from '@hockey-hub/shared-lib';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** A service without HTTP, that says what is wrong and nothing else. */
export function startService(module: Type, service: string): Promise<INestApplicationContext> {
  const logger = new NestLogger(createLogger({ service, level: 'warn' }));
  return NestFactory.createApplicationContext(module, { logger, abortOnError: false });
}
