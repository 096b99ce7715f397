import { Gate } from './gate';

it('opens when nothing speaks against going on any more', async () => {
  const gate = new Gate();
  gate.close('paused', 'paused by command');
  gate.close('vacuum', 'the table is being vacuumed');
  let passed = false;
  const passing = gate.pass().then(() => (passed = true));
  gate.open('vacuum');
  await Promise.resolve();
  expect(passed).toBe(false);
  expect(gate.trouble).toBe('paused by command');
  gate.open('paused');
  await passing;
  expect(gate.trouble).toBeNull();
});

it('lets nobody through after a failure, not even who waits', async () => {
  const gate = new Gate();
  gate.close('paused', 'paused by command');
  const waiting = gate.pass();
  gate.fail(new Error('first'));
  gate.fail(new Error('second'));
  await expect(waiting).rejects.toThrow('first');
  await expect(gate.pass()).rejects.toThrow('first');
});

it('tells of a remark and stays open', async () => {
  const gate = new Gate();
  gate.remark(gate, 'an old snapshot');
  expect(gate.trouble).toBe('an old snapshot');
  await gate.pass();
  gate.remark(gate, undefined);
  expect(gate.trouble).toBeNull();
});
