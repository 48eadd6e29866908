import type { Browser, Page } from '@playwright/test'

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  /** CPU time of the thread, in µs. */
  tdur?: number
  args?: { name?: string }
}

/**
 * What the tasks of the page's thread took of a processor, in ms, from Chromium's own trace. It is what the page is to blame for: a
 * task that takes longer on the clock has waited for a processor.
 */
export async function traceTasks(page: Page): Promise<() => Promise<number[]>> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('a page without a browser')
  const categories = ['-*', '__metadata', 'disabled-by-default-devtools.timeline']
  await browser.startTracing(page, { categories })
  return () => readTasks(browser)
}

async function readTasks(browser: Browser): Promise<number[]> {
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const events = trace.traceEvents
  const threads = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain',
  )
  const isPage = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`))
  return events
    .filter(({ name, pid, tid }) => name === 'RunTask' && isPage.has(`${pid} ${tid}`))
    .map(({ tdur }) => (tdur ?? 0) / 1000)
}
