import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface AxeViolation {
  id: string
  impact: string | null
  help: string
  targets: string[]
}

interface AxeResults {
  violations: {
    id: string
    impact: string | null
    help: string
    nodes: { target: unknown[]; html: string }[]
  }[]
}

/**
 * What axe finds on the page as it is shown (WCAG 2.2 A and AA). @axe-core/playwright opens a page of its own, which
 * Electron cannot: so axe runs in this one.
 */
export async function axeViolations(page: Page): Promise<AxeViolation[]> {
  // Evaluated through the debugger, which the page's CSP does not stop; once for a page that is loaded once.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const results = await page.evaluate(async () => {
    // A dialog that is still fading in has no contrast of its own; what turns for ever is not waited for.
    const ending = document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
    const { axe } = window as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<unknown> }
    }
    // Reka's toaster has two focus guards: hidden from assistive technology, they hand the focus on at once.
    const context = { exclude: ['[role="region"] > span[aria-hidden="true"][tabindex="0"]'] }
    return axe.run(context, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Half of the time went into describing what is well, and into fetching styles and media for rules that do not run here.
      ...{ resultTypes: ['violations'], preload: false },
    })
  })
  return (results as AxeResults).violations.map(({ id, impact, help, nodes }) => ({
    ...{ id, impact, help },
    targets: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}  ${node.html.slice(0, 160)}`),
  }))
}
