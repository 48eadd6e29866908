import { expect, type ElectronApplication, type Page } from '@playwright/test'
import { EVENT_MESSAGE } from '#core/contracts/channel-names.ts'
import { awaitFirstOrders } from '#tests/support/desk-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

/** The demo workspace in the real app, driven without a person: used by the demo command and by the screenshots. */

export const DEMO_ORDERS = 400

/** Opens the demo on `profile` and waits until every order has been pulled from the demo shops. */
export async function openDemoDesk(
  profile: string,
  printFolder: string,
  line: 'up' | 'cut' = 'up',
): Promise<LaunchedApp> {
  const args = line === 'cut' ? ['--demo', '--demo-offline'] : ['--demo']
  const caravel = await launchApp({ userDataDir: profile, args, env: { CARAVEL_PRINT_FOLDER: printFolder } })
  try {
    await awaitWholeDemo(caravel.page)
  } catch (error) {
    const shown = await caravel.page.evaluate(() => document.body.innerText).catch(String)
    // Nobody has it who could end it.
    await caravel.kill()
    throw new Error(`the demo did not come up; the window shows:\n${shown.slice(0, 2000)}`, { cause: error })
  }
  return caravel
}

async function awaitWholeDemo(page: Page): Promise<void> {
  await expect(page.getByTestId('queue-all')).toContainText(String(DEMO_ORDERS), { timeout: 60_000 })
  // Counts are ahead of the list, which takes in what is new four times a second.
  const numberIn = async (selector: string): Promise<number> =>
    page.evaluate((to) => {
      const found = document.querySelector(to)
      return Number(found?.getAttribute('aria-rowcount') ?? /\d+/.exec(found?.textContent ?? '')?.[0] ?? 1)
    }, selector)
  await expect
    .poll(
      async () => (await numberIn('main [role="grid"]')) - (await numberIn('[data-testid="queue-to_ship"]')),
      {
        timeout: 20_000,
      },
    )
    .toBe(1)
  await awaitFirstOrders(page, 'to_ship', 10)
}

/** Runs a command of the app as its menu would, whatever the language of the screen. */
export async function runCommand(app: ElectronApplication, command: string): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [message, id]) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send(message as string, 'command', { command: id }),
    [EVENT_MESSAGE, command],
  )
}

export async function resize({ app, page }: LaunchedApp, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w as number, h as number),
    [width, height],
  )
  await page.waitForFunction((wanted) => window.innerWidth === wanted, width)
}

/** Waits until nothing moves any more, then takes the picture. */
export async function takePicture(page: Page, file: string): Promise<void> {
  await page.waitForTimeout(350)
  await page.screenshot({ path: file })
}

/** Closes notices, so that they do not lie over a picture. */
export async function closeNotices(page: Page): Promise<void> {
  const close = page.getByRole('listitem').getByRole('button', { name: /^(Close|关闭)$/ })
  while ((await close.count()) > 0)
    await close
      .first()
      .click({ timeout: 2000 })
      .catch(() => undefined)
}
