// @ts-check
/**
 * What a long step tells whoever started it.
 * @typedef {object} ProgressEvent
 * @property {string} step       what is being done, in plain words
 * @property {'start' | 'update' | 'done' | 'failed'} state
 * @property {string} [detail]   e.g. "34 MB" or the reason of a failure
 * @property {number} [percent]  0 to 100, when it is known
 */

/** @typedef {(event: ProgressEvent) => void} OnProgress */

const HEARTBEAT_MS = 5_000
const QUIET_MS = 2_000

/**
 * Prints one line when a step starts, at most one line every two seconds while it runs, and one with the time it took.
 * @param {{ write?: (line: string) => void, now?: () => number }} [options]
 * @returns {OnProgress}
 */
export function printProgress({ write = (line) => process.stderr.write(line), now = Date.now } = {}) {
  /** @type {Map<string, { startedAt: number, printedAt: number }>} */
  const running = new Map()
  return (event) => {
    const at = now()
    const known = running.get(event.step) ?? { startedAt: at, printedAt: -Infinity }
    if (event.state === 'update' && at - known.printedAt < QUIET_MS) return
    known.printedAt = at
    if (event.state === 'start' || event.state === 'update') running.set(event.step, known)
    else running.delete(event.step)
    write(`${progressLine(event, at - known.startedAt)}\n`)
  }
}

/**
 * @param {ProgressEvent} event
 * @param {number} elapsedMs
 * @returns {string}
 */
export function progressLine(event, elapsedMs) {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`
  const percent = event.percent === undefined ? [] : [`${Math.round(event.percent)} %`]
  const detail = event.detail === undefined ? [] : [event.detail]
  const facts = {
    start: detail,
    update: [...percent, ...detail, seconds],
    done: ['done', ...detail, seconds],
    failed: ['failed', ...detail, seconds],
  }[event.state]
  return `caravel: ${event.step}${facts.length > 0 ? ` (${facts.join(', ')})` : ' …'}`
}

/**
 * Runs `work` as one step: tells when it starts and ends, and shows a sign of life every five seconds in between.
 * @template T
 * @param {OnProgress} onProgress
 * @param {string} step
 * @param {(report: (facts: { detail?: string, percent?: number }) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function runStep(onProgress, step, work) {
  /** @type {{ detail?: string, percent?: number }} */
  let last = {}
  /** @param {{ detail?: string, percent?: number }} facts */
  const report = (facts) => {
    last = facts
    onProgress({ step, state: 'update', ...facts })
  }
  onProgress({ step, state: 'start' })
  const heartbeat = setInterval(() => onProgress({ step, state: 'update', ...last }), HEARTBEAT_MS)
  try {
    const value = await work(report)
    onProgress({ step, state: 'done' })
    return value
  } catch (error) {
    onProgress({ step, state: 'failed', detail: firstLine(error) })
    throw error
  } finally {
    clearInterval(heartbeat)
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? ''
}
