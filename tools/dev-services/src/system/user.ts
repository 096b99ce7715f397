/** The operating-system user a server runs as; undefined wherever it runs as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}
