import { launchApp } from '#tests/support/launch-app.ts'
const { app, page, close } = await launchApp({ userDataDir: '/tmp/look-profile', args: process.argv.includes('--demo') ? ['--demo'] : [] })
page.on('console', (m) => console.log('[console]', m.type(), m.text()))
page.on('pageerror', (e) => console.log('[pageerror]', e.message))
await page.waitForTimeout(8000)
await page.screenshot({ path: '/tmp/shots/first.png' })
console.log((await page.locator('body').innerText()).slice(0, 3000))
await close()
