import { applyDecorators } from '@nestjs/common';
import { IsUrl, MaxLength } from 'class-validator';
import { WEB_ADDRESS_LENGTH } from './web-address';
import { Trimmed } from './trimmed';

/** An http(s) address that fits its column. */
export function IsWebAddress(): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    MaxLength(WEB_ADDRESS_LENGTH),
    IsUrl(
      { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
      { message: '$property must be an http or https address' },
    ),
  );
}
