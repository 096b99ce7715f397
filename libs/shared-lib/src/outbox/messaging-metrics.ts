/** What sending and receiving tell whoever counts. */
export interface MessagingMetrics {
  published(type: string): void;
  received(type: string): void;
  handled(type: string, outcome: 'done' | 'failed', seconds: number): void;
}
