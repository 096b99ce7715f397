/** The variable that names one service's own database: USER_SERVICE_DATABASE_URL for user-service. */
export function serviceDatabaseVariable(projectName: string): string {
  return `${projectName.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`;
}
