import { bootstrapService } from '@hockey-hub/shared-lib';
import { RelayModule } from './modules';

void bootstrapService({ module: RelayModule, service: 'user-service' });
