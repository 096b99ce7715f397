/**
 * What stays of a run that measured or judged something: what machine it was made on, its numbers as titled tables, for a terminal and for
 * Markdown alike, and files that the repository's formatter has nothing to say about. Does not own what is in the tables, nor where the files go.
 */
export { formatRecord } from './format-record';
export { describeMachine, hardwareText, machineText, type Hardware, type Machine } from './machine';
export { markdownTable, renderSections, renderTables } from './render-tables';
export { millisecondsText, ratioText, wholeText, type Section } from './section';
export { writeRecord } from './write-record';
