import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { build, type Rolldown } from 'vite'
import { launchApp } from '#tests/support/launch-app.ts'

interface CaseReport {
  name: string
  failure: string | null
}

/** The suite as one script. It is run by main's `executeJavaScript`, which the page's CSP does not concern. */
async function bundleSuite(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'chrome114',
      lib: {
        entry: path.join(import.meta.dirname, 'run-in-page.ts'),
        formats: ['iife'],
        name: 'repositorySuite',
      },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]?.output[0].code ?? ''
}

test('storage behaves in the real Electron as it does in memory', async () => {
  const script = await bundleSuite()
  const v1 = await readFile(path.join(import.meta.dirname, 'fixtures/v1.json'), 'utf8')
  const v2 = await readFile(path.join(import.meta.dirname, 'fixtures/v2.json'), 'utf8')
  const { app, close } = await launchApp()
  try {
    const reports = await app.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
      `${script};repositorySuite.runInPage(${v1}, ${v2})`,
    )
    for (const { name, failure } of reports as CaseReport[]) expect.soft(failure, name).toBeNull()
    expect((reports as CaseReport[]).length).toBeGreaterThan(12)
  } finally {
    await close()
  }
})
