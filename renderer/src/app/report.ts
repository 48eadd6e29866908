/** What a person can hand on when something broke: the error and where it ran, nothing of the orders. */
export function errorReport(
  error: unknown,
  about: { version: string; electron: string; platform: string },
  at: Date,
): string {
  const cause = error instanceof Error && error.cause !== undefined ? `\ncause: ${describe(error.cause)}` : ''
  return [
    `Caravel ${about.version} · Electron ${about.electron} · ${about.platform}`,
    at.toISOString(),
    `page: ${location.hash.split('?')[0]}`,
    describe(error) + cause,
  ].join('\n')
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`
  return typeof error === 'string' ? error : JSON.stringify(error)
}
