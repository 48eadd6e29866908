import type { Page } from '@playwright/test'

/** A call of `window.host` from the page, as any script there could make it. */
export function callHost(page: Page, channel: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, value]) => {
      const host = (window as unknown as { host: Record<string, (input: unknown) => Promise<unknown>> }).host
      return host[name]?.(value)
    },
    [channel, input] as const,
  )
}

/** A document of our origin with nothing in it: what it does is the shell's doing, not the app's. */
export async function openBlankPage(page: Page): Promise<void> {
  await page.goto('app://caravel/nothing.txt')
}

interface PortAnswer {
  id: number
  reply: { ok: boolean; issue?: { code: string; reason?: string; field?: string } }
}

/** Opens a worker's port in the page and sends these requests over it; the answers in the order of their ids. */
export function askPort(
  page: Page,
  requests: readonly unknown[],
  expected = requests.length,
): Promise<PortAnswer[]> {
  return page.evaluate(
    async ([messages, count]) => {
      const port = await new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', (event) => {
          if (event.data?.kind === 'caravel-worker-port' && event.ports[0]) resolve(event.ports[0])
        })
        ;(window as unknown as { host: { openWorkerPort(): void } }).host.openWorkerPort()
      })
      const answers: PortAnswer[] = []
      const done = new Promise<void>((resolve) => {
        port.onmessage = (event) => {
          answers.push(event.data as PortAnswer)
          if (answers.length === count) resolve()
        }
      })
      for (const message of messages) port.postMessage(message)
      await done
      return answers.sort((a, b) => a.id - b.id)
    },
    [requests, expected] as const,
  )
}
