import { createApp, type Component } from 'vue'
import { createPinia } from 'pinia'
import I18NextVue from 'i18next-vue'
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js'
import { DEMO_DATABASE, openDatabase, OWN_DATABASE } from '#renderer/data/database.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { startDataWorker } from '#renderer/platform/data-worker-client.ts'
import { hostCalls, windowHost } from '#renderer/platform/host.ts'
import { bundledRuleTables } from '#renderer/platform/rule-tables.ts'
import { keepStorage } from '#renderer/platform/storage-persistence.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { openDemoWorkspace } from '#renderer/usecases/open-demo-workspace.ts'
import AppRoot from '#renderer/app/AppRoot.vue'
import BootFailed from '#renderer/app/BootFailed.vue'
import { CommandRegistry, commandsKey } from '#renderer/app/commands.ts'
import { catchFailures, failure } from '#renderer/app/failures.ts'
import { createI18n, languageFor } from '#renderer/app/i18n.ts'
import { makeRouter } from '#renderer/app/router.ts'
import { workspaceKey, type Workspace } from '#renderer/app/workspace.ts'

/** The composition root: opens storage, starts the engine, hands both to the screen. */
export async function startApp(): Promise<void> {
  catchFailures()
  const host = windowHost()
  const calls = hostCalls(host)
  const answered = await calls['app.info']({})
  if (!answered.ok) throw new Error(`main does not answer: ${answered.error.code}`)
  const info = answered.value

  const own = await openDatabase(OWN_DATABASE)
  const ownDesk = own.ok ? await loadDesk(own.value) : null
  const kind = info.demo ? 'demo' : (ownDesk?.workspace ?? 'none')
  const opened = kind === 'demo' ? await openDatabase(DEMO_DATABASE) : own
  const desk = opened.ok ? await loadDesk(opened.value) : ownDesk
  const i18n = await createI18n(languageFor(desk?.locale ?? 'system', info.locale))

  if (!opened.ok) {
    const app = build(BootFailed, { issue: opened.error, calls, info })
    app.use(I18NextVue, { i18next: i18n })
    app.mount('#app')
    return
  }

  const db = opened.value
  const context: UseCaseContext = {
    db,
    host: calls,
    now: Date.now,
    newId: createIdSource(Date.now, Math.random),
    rng: Math.random,
    rules: bundledRuleTables(),
  }
  // Shops first, so that the engine's first pull finds them.
  const demo = kind === 'demo' ? await openDemoWorkspace(context) : null
  if (demo && !demo.ok)
    failure.value = new Error(`the demo shops did not start: ${demo.error.code} ${demo.error.reason ?? ''}`)
  const workspace: Workspace = {
    kind,
    db,
    calls,
    host,
    info,
    engine: await startDataWorker(host, { dbName: db.name, aliveSince: info.startedAt }, (message) => {
      if (message.kind === 'failed') failure.value = new Error(`the data worker failed: ${message.reason}`)
    }),
    context,
  }
  void keepStorage()

  const app = build(AppRoot, {})
  app.use(I18NextVue, { i18next: i18n })
  app.use(makeRouter())
  app.provide(workspaceKey, workspace)
  app.provide(commandsKey, new CommandRegistry())
  app.mount('#app')
}

function build(root: Component, props: Record<string, unknown>) {
  const app = createApp(root, props)
  app.use(createPinia())
  app.use(icons)
  app.config.errorHandler = (error) => {
    failure.value = error
  }
  return app
}
