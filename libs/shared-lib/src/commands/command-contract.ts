/**
 * What one service may ask another to do: the agreement between who sends a command and the service that decides on it. Owns
 * names and data classes; how commands travel is `command-client.ts` and `command-server.ts`.
 *
 * A contract that is in use is never changed in a way that breaks the other side: add what may be left out, or declare
 * another command.
 */
import { requestSubject } from '../nats/requests';
import type { DataClass } from '../validation/read-as';

type Data = object | void;

/** `Undone` is the reply of the command that this one takes back, where it does. */
export interface CommandContract<
  Request extends object = object,
  Reply extends Data = Data,
  Undone extends Data = Data,
> {
  /** Nx project name of the service that decides. */
  readonly service: string;
  /** What it is asked to do, in the imperative: `close-membership`. */
  readonly name: string;
  readonly requestClass: DataClass<Request>;
  /** Undefined when being done is all there is to say. */
  readonly replyClass?: DataClass<Reply & object>;
  /** The command whose effect this one takes back. */
  readonly undoes?: CommandContract<object, Undone>;
  /** `rpc.user-service.command.close-membership`: what it is published on. */
  readonly subject: string;
}

interface Declaration<Request extends object, Undone extends Data> {
  readonly service: string;
  readonly name: string;
  readonly request: DataClass<Request>;
  readonly undoes?: CommandContract<object, Undone>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_NAME_LENGTH = 100;

/**
 * A command:
 *
 *     export const OPEN_MEMBERSHIP = defineCommand({
 *       service: 'user-service', name: 'open-membership', request: OpenMembership, reply: OpenedMembership,
 *     });
 *
 * @throws RangeError for names that cannot stand in a subject, and when it undoes another service's command
 */
export function defineCommand<Request extends object, Reply extends object, Undone extends Data = void>(
  declaration: Declaration<Request, Undone> & { readonly reply: DataClass<Reply> },
): CommandContract<Request, Reply, Undone>;
export function defineCommand<Request extends object, Undone extends Data = void>(
  declaration: Declaration<Request, Undone>,
): CommandContract<Request, void, Undone>;
export function defineCommand({
  service,
  name,
  request,
  reply,
  undoes,
}: Declaration<object, Data> & { readonly reply?: DataClass<object> }): CommandContract {
  for (const part of [service, name]) {
    if (NAME.test(part) && part.length <= MAX_NAME_LENGTH) continue;
    throw new RangeError(
      `"${part}" cannot stand in the subject of a command: use small letters and hyphens, ${MAX_NAME_LENGTH} at most`,
    );
  }
  if (undoes && undoes.service !== service) {
    throw new RangeError(
      `${service} cannot undo ${undoes.name} of ${undoes.service}: only the service that did it knows what it did`,
    );
  }
  return Object.freeze({
    ...{ service, name, requestClass: request, subject: requestSubject(service, `command.${name}`) },
    ...(reply && { replyClass: reply }),
    ...(undoes && { undoes }),
  });
}
