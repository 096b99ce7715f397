/**
 * Loaded into a managed process before its own code: a run that is killed must not leave services behind that look for
 * their servers for ever. The channel keeps nothing running by itself.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
