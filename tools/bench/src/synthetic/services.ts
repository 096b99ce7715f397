/** Ten services as the platform will have them, as far as a migrator can tell them apart: names, order, tables. */

export interface SyntheticService {
  readonly name: string;
  /** Names of services. Some wait for others and some for none, so that both kinds of order are measured. */
  readonly dependsOn: readonly string[];
  /** Its main tables, plural. Each gets the six migrations of `tableMigrations`. */
  readonly tables: readonly string[];
}

export const SYNTHETIC_SERVICES: readonly SyntheticService[] = [
  {
    name: 'user-service',
    dependsOn: [],
    tables: ['clubs', 'squads', 'people', 'contracts', 'consents'],
  },
  {
    name: 'training-service',
    dependsOn: ['user-service'],
    tables: ['drills', 'sessions', 'exercises', 'results', 'loads'],
  },
  {
    name: 'calendar-service',
    dependsOn: ['user-service'],
    tables: ['calendars', 'events', 'rinks', 'bookings', 'reminders'],
  },
  {
    name: 'communication-service',
    dependsOn: [],
    tables: ['channels', 'messages', 'attachments', 'notices', 'polls'],
  },
  {
    name: 'medical-service',
    dependsOn: ['training-service'],
    tables: ['injuries', 'treatments', 'checkups', 'clearances', 'prescriptions'],
  },
  {
    name: 'planning-service',
    dependsOn: ['calendar-service', 'training-service'],
    tables: ['seasons', 'phases', 'targets', 'camps', 'budgets'],
  },
  {
    name: 'statistics-service',
    dependsOn: ['training-service'],
    tables: ['games', 'shifts', 'shots', 'goals', 'penalties'],
  },
  {
    name: 'payment-service',
    dependsOn: ['user-service'],
    tables: ['accounts', 'invoices', 'payments', 'refunds', 'discounts'],
  },
  {
    name: 'equipment-service',
    dependsOn: [],
    tables: ['items', 'loans', 'repairs', 'orders', 'suppliers'],
  },
  {
    name: 'admin-service',
    dependsOn: [],
    tables: ['tenants', 'plans', 'features', 'tickets', 'announcements'],
  },
];
