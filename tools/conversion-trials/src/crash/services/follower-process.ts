import { bootstrapService } from '@hockey-hub/shared-lib';
import { FollowerModule } from './modules';

void bootstrapService({ module: FollowerModule, service: 'training-service' });
