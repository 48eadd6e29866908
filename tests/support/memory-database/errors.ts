/** Errors carry the names that Dexie gives them; callers tell them apart by these. */
export class StorageError extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

/** Some of the records of a bulk operation were refused; the others were written. */
export class BulkError extends StorageError {
  readonly failures: Error[]
  readonly failuresByPos: Record<number, Error>

  constructor(operation: string, failuresByPos: Record<number, Error>, total: number) {
    const failures = Object.values(failuresByPos)
    super(
      'BulkError',
      `${operation}(): ${failures.length} of ${total} operations failed: ${String(failures[0])}`,
    )
    this.failures = failures
    this.failuresByPos = failuresByPos
  }
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
