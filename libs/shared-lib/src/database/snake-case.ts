/** `teamMembershipID` -> `team_membership_id`, `HTTPRequest` -> `http_request`. Names already in snake_case stay. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
