/**
 * Pure: a lint report as annotations of a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
import { findingsOf, type ServiceLint } from './lint-report';

export function renderGithub(services: readonly ServiceLint[]): string {
  return services
    .flatMap((service) => [
      ...(service.error ? [annotation('error', { title: service.service }, service.error.message)] : []),
      ...findingsOf(service).map(({ severity, file, line, rule, message, fix }) =>
        annotation(
          severity,
          { file, ...(line === null ? {} : { line: String(line) }), title: rule },
          `${message}\nInstead:\n${fix}`,
        ),
      ),
    ])
    .join('\n');
}

function annotation(level: string, properties: Readonly<Record<string, string>>, message: string): string {
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${listed.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
