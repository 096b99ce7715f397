import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the service's OpenAPI document at /docs-json, and a page to read it at /docs. */
export function setUpOpenApi(app: INestApplication, service: string): void {
  const title = service.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => (dash && ' ') + letter.toUpperCase(),
  );
  const builder = new DocumentBuilder().setTitle(`Hockey Hub: ${title}`).setVersion('1');
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, builder.build()));
}
