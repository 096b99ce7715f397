/** The entities of all services -> the page about their references to each other, as it should be. */
import { crossServiceReferences } from '@hockey-hub/shared-lib/src/entities/cross-service-references';
import { DataSource } from 'typeorm';
import { renderCrossService, type CrossServiceColumn } from '../../changelog/render-cross-service';
import type { MigratorConfig } from '../../config';
import type { Service } from '../../model';
import { loadDataSourceOptions } from '../../scratch/entities-schema';
import type { Document } from './document';

export const CROSS_SERVICE_FILE = 'docs/cross-service-references.md';

/** @throws MigratorError NO_ENTITIES; CrossServiceReferenceError */
export async function crossServiceDocument(config: MigratorConfig): Promise<Document> {
  const references = await Promise.all(config.services.map((service) => referencesOf(config, service)));
  return { path: CROSS_SERVICE_FILE, text: renderCrossService(references.flat()) };
}

async function referencesOf(
  { workspaceRoot, databaseUrl }: MigratorConfig,
  service: Service,
): Promise<CrossServiceColumn[]> {
  const options = loadDataSourceOptions(workspaceRoot, service, await databaseUrl(service.name));
  return crossServiceReferences(new DataSource(options))
    .filter(({ isLocal }) => !isLocal)
    .map(({ entity, property, ...reference }) => ({
      ...reference,
      service: service.name,
      property: `${entity}.${property}`,
    }));
}
