import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeNotices, openDemoDesk, resize, runCommand, takePicture } from './demo-desk.ts'
import { openPage } from '#tests/support/desk-walk.ts'

/** Makes the README's pictures from the demo workspace: `npm run screenshots`. */

const FOLDER = 'docs/screenshots'
const profile = mkdtempSync(path.join(tmpdir(), 'caravel-pictures-'))
mkdirSync(FOLDER, { recursive: true })

const desk = await openDemoDesk(profile, path.join(profile, 'labels'))
try {
  const { app, page } = desk
  await resize(desk, 1440, 900)
  await runCommand(app, 'view.light')
  await openPage(page, '/orders/to_ship')
  const row = page.getByRole('row').filter({ hasText: 'Ukraine' }).first()
  await row.dblclick()
  await page.getByTestId('make-label').waitFor()
  await closeNotices(page)
  await takePicture(page, `${FOLDER}/orders.png`)

  await openPage(page, '/orders/blocked')
  await runCommand(app, 'view.chinese')
  await runCommand(app, 'view.dark')
  await takePicture(page, `${FOLDER}/blocked-zh-dark.png`)
  await runCommand(app, 'view.english')
  await runCommand(app, 'view.light')
} finally {
  await desk.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
console.log(`Pictures are in ${FOLDER}`)
