import { createApp, type Component } from 'vue'
import { createPinia } from 'pinia'
import type { Host } from '#core/contracts/host.ts'
import type { Disk } from '#core/contracts/journal.ts'
import { WORKSPACE_KINDS } from '#core/contracts/transfer.ts'
import { issue } from '#core/shared/issue.ts'
import I18NextVue from 'i18next-vue'
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js'
import { forgetLeft } from '#renderer/data/places.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { findUnfinished } from '#renderer/data/transfer/unfinished-import.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { startDataWorker } from '#renderer/platform/data-worker-client.ts'
import { hostCalls, windowHost, type HostCalls } from '#renderer/platform/host.ts'
import { keepStorage } from '#renderer/platform/storage-persistence.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { followRules } from '#renderer/usecases/follow-rules.ts'
import { nameDesk } from '#renderer/usecases/name-desk.ts'
import { openDemoWorkspace } from '#renderer/usecases/open-demo-workspace.ts'
import type { FromWorker } from '#renderer/worker/messages.ts'
import AppRoot from '#renderer/app/AppRoot.vue'
import { appRun } from '#renderer/app/app-run.ts'
import BootFailed from '#renderer/app/BootFailed.vue'
import ErrorScreen from '#renderer/app/ErrorScreen.vue'
import { CommandRegistry, commandsKey } from '#renderer/app/commands.ts'
import { catchFailures, failure, takeFailure } from '#renderer/app/failures.ts'
import { tellPastOnceRead } from '#renderer/app/demo-past.ts'
import { createI18n, languageFor } from '#renderer/app/i18n.ts'
import { mendAtStart } from '#renderer/app/mend-at-start.ts'
import { openStore } from '#renderer/app/open-store.ts'
import { makeRouter } from '#renderer/app/router.ts'
import { closedByDisk, noteBehind, noteTrouble, storageHealth } from '#renderer/app/storage-health.ts'
import { workspaceKey, type Workspace } from '#renderer/app/workspace.ts'
import { loadFonts } from '#renderer/ui/load-fonts.ts'
import { steadyPresses } from '#renderer/ui/steady-press.ts'

/** The composition root: opens storage, starts the engine, hands both to the screen. What fails before there is one is shown all the same. */
export async function startApp(): Promise<void> {
  const host = windowHost()
  const calls = hostCalls(host)
  const report = (name: string) => void calls['storage.report-trouble']({ name })
  catchFailures(report)
  steadyPresses(document)
  const answered = await calls['app.info']({})
  if (!answered.ok) throw new Error(`main does not answer: ${answered.error.code}`)
  const info = answered.value
  try {
    await startOn(host, calls, info, report)
  } catch (error) {
    const i18n = await createI18n(languageFor('system', info.locale))
    showInstead(ErrorScreen, { error, calls, info, atStart: true }, i18n)
  }
}

async function startOn(
  host: Host,
  calls: HostCalls,
  info: Workspace['info'],
  report: (name: string) => void,
): Promise<void> {
  const storage = await calls['storage.status']({})
  if (!storage.ok) throw new Error(`main does not answer: ${storage.error.code}`)
  storageHealth.disk = storage.value.disk

  if (storage.value.profileNewer) {
    const i18n = await createI18n(languageFor('system', info.locale))
    return showInstead(
      BootFailed,
      { issue: issue('unsupported', { reason: 'profile-newer' }), calls, info },
      i18n,
    )
  }
  const own = await openStore('own', calls)
  const ownDesk = own.ok ? await loadDesk(own.value) : null
  const kind = info.demo ? 'demo' : (ownDesk?.workspace ?? 'none')
  const opened = kind === 'demo' ? await openStore('demo', calls) : own
  const desk = opened.ok ? await loadDesk(opened.value) : ownDesk
  const i18n = await createI18n(languageFor(desk?.locale ?? 'system', info.locale))

  if (!opened.ok) return showInstead(BootFailed, { issue: opened.error, calls, info }, i18n)
  await mendAtStart(calls, storage.value, i18n)

  const db = opened.value
  const context: UseCaseContext = {
    db,
    host: calls,
    now: Date.now,
    newId: createIdSource(Date.now, Math.random),
    rng: Math.random,
    rules: await followRules(db),
  }
  await nameDesk(context)
  // Shops first, so that the engine's first pull finds them.
  const demo = kind === 'demo' ? await openDemoWorkspace(context) : null
  if (demo && !demo.ok)
    failure.value = new Error(`the demo shops did not start: ${demo.error.code} ${demo.error.reason ?? ''}`)
  if (demo?.ok) tellPastOnceRead(context)
  const engine = await startDataWorker(
    host,
    { dbName: db.name, aliveSince: info.startedAt, readOnly: closedByDisk() !== null },
    (message) => hearWorker(message, report),
  )
  const workspace: Workspace = { kind, db, calls, host, info, engine, orders: engine.orders, context }
  db.writeGate = closedByDisk
  host.on('disk', (disk) => followDisk(disk, workspace))
  void keepStorage()
  // What an import left behind goes once the store that took over has opened.
  void forgetImports()

  const app = build(AppRoot, {}, report)
  app.use(I18NextVue, { i18next: i18n })
  app.use(makeRouter())
  app.provide(workspaceKey, workspace)
  app.provide(commandsKey, new CommandRegistry())
  app.mount('#app')
  loadFonts()
}

/** What an import left behind; not what can go on. */
async function forgetImports(): Promise<void> {
  const resumable = await Promise.all(WORKSPACE_KINDS.map((kind) => findUnfinished(kind, Date.now())))
  await forgetLeft(
    appRun(),
    resumable.flatMap((found) => (found === null ? [] : [found.database])),
  )
}

/** In place of the app: nothing else can run. */
function showInstead(
  screen: Component,
  props: Record<string, unknown>,
  i18next: Awaited<ReturnType<typeof createI18n>>,
): void {
  const app = build(screen, props, () => undefined)
  app.use(I18NextVue, { i18next })
  app.mount('#app')
}

function hearWorker(message: FromWorker, report: (name: string) => void): void {
  if (message.kind === 'journal-behind') noteBehind('worker', message.behind)
  if (message.kind !== 'failed') return
  if (message.storeTrouble === null) failure.value = new Error(`the data worker failed: ${message.reason}`)
  else noteTrouble(message.storeTrouble, report)
}

/** Read-only while space is short; by itself back to work, and the journal is told what it missed. */
function followDisk(disk: Disk, { db, engine }: Workspace): void {
  storageHealth.disk = disk
  engine.setReadOnly(closedByDisk() !== null)
  if (disk.state === 'ok') void db.unsent?.catchUp()
}

function build(root: Component, props: Record<string, unknown>, report: (name: string) => void) {
  const app = createApp(root, props)
  app.use(createPinia())
  app.use(icons)
  app.config.errorHandler = (error) => takeFailure(error, report)
  return app
}
