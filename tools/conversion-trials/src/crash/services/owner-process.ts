import { bootstrapService } from '@hockey-hub/shared-lib';
import { OwnerModule } from './modules';

void bootstrapService({ module: OwnerModule, service: 'user-service' });
