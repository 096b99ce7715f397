import { IllegalTransitionError } from './illegal-transition-error';
import { Lifecycle } from './lifecycle';

type DoorStatus = 'open' | 'closed' | 'locked' | 'walled_up';

const DOOR = new Lifecycle<DoorStatus>('door', {
  open: ['closed', 'walled_up'],
  closed: ['open', 'locked'],
  locked: ['closed'],
  walled_up: [],
});

function transition(from: DoorStatus, to: DoorStatus): () => void {
  return () => DOOR.assertTransition(from, to);
}

describe('Lifecycle', () => {
  it('lets exactly the listed statuses follow', () => {
    expect(transition('open', 'closed')).not.toThrow();
    expect(transition('closed', 'locked')).not.toThrow();
    expect(transition('open', 'locked')).toThrow(IllegalTransitionError);
    expect(transition('locked', 'open')).toThrow(IllegalTransitionError);
  });

  it('lets a status follow itself, the final ones too', () => {
    expect(transition('open', 'open')).not.toThrow();
    expect(transition('walled_up', 'walled_up')).not.toThrow();
  });

  it('says what may follow instead', () => {
    expect(transition('open', 'locked')).toThrow(
      'A door that is open cannot become locked: only closed or walled_up may follow.',
    );
    expect(transition('walled_up', 'open')).toThrow(
      'A door that is walled_up cannot become open: nothing may follow.',
    );
  });

  it('knows the final statuses, and what may come before each', () => {
    expect(DOOR.finals).toEqual(['walled_up']);
    expect(DOOR.isFinal('walled_up')).toBe(true);
    expect(DOOR.isFinal('open')).toBe(false);
    expect(DOOR.before('closed')).toEqual(['open', 'locked']);
    expect(DOOR.before('walled_up')).toEqual(['open']);
  });
});
