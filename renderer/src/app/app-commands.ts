import { useRouter } from 'vue-router'
import { useTranslation } from 'i18next-vue'
import { useCommands, type Command } from '#renderer/app/commands.ts'
import { useDesk, useSaveDesk } from '#renderer/app/desk.ts'
import { useVerifyJournal } from '#renderer/app/journal-check.ts'
import { useNotices, useUndo } from '#renderer/app/notices.ts'
import { useOverlays } from '#renderer/app/overlays.store.ts'
import { switchWorkspace } from '#renderer/app/switch-workspace.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** The commands that every page has. */
export function useAppCommands(): void {
  const overlays = useOverlays()
  const workspace = useWorkspace()
  const desk = useDesk()
  const save = useSaveDesk()
  const notices = useNotices()
  const undo = useUndo()
  const { t } = useTranslation()

  const frame: Command[] = [
    { id: 'app.palette', group: 'app', shortcut: 'mod+k', run: () => (overlays.palette = true) },
    {
      id: 'app.search',
      group: 'app',
      icon: 'i-lucide-search',
      shortcut: '/',
      run: () => overlays.searchWishes++,
    },
    {
      id: 'app.shortcuts',
      group: 'app',
      icon: 'i-lucide-keyboard',
      shortcut: '?',
      run: () => (overlays.shortcuts = true),
    },
    {
      id: 'app.undo',
      group: 'app',
      icon: 'i-lucide-undo-2',
      shortcut: 'z',
      when: () => undo.possible(),
      run: () => undo.run(),
    },
    {
      id: 'app.sync',
      group: 'app',
      icon: 'i-lucide-refresh-cw',
      shortcut: 'mod+shift+s',
      when: () => workspace.kind !== 'none' || desk.value.workspace !== 'none',
      run: () => {
        workspace.engine.syncNow()
        notices.done(t('app:frame.sync-started'))
      },
    },
    {
      id: 'app.offline',
      group: 'app',
      icon: 'i-lucide-plane',
      shortcut: 'mod+shift+o',
      when: () => workspace.kind !== 'none' || desk.value.workspace !== 'none',
      run: () => (overlays.offline = true),
    },
    {
      id: 'app.rail',
      group: 'view',
      icon: 'i-lucide-panel-left',
      shortcut: '[',
      run: () => save({ railCollapsed: !desk.value.railCollapsed }),
    },
  ]
  const journal = useVerifyJournal()
  const checks: Command[] = [
    { id: 'app.verify-journal', group: 'app', icon: 'i-lucide-shield-check', run: journal.verify },
  ]
  useCommands([...frame, ...checks])
  usePlaceCommands()
  useLookCommands()
  useDemoCommands()
}

/** The places one can go to. */
function usePlaceCommands(): void {
  const router = useRouter()
  const go =
    (name: string, params: Record<string, string> = {}) =>
    () =>
      router.push({ name, params })
  const places: Command[] = [
    { id: 'go.back', group: 'go', icon: 'i-lucide-arrow-left', shortcut: 'mod+[', run: () => router.back() },
    {
      id: 'go.forward',
      group: 'go',
      icon: 'i-lucide-arrow-right',
      shortcut: 'mod+]',
      run: () => router.forward(),
    },
    {
      id: 'go.orders',
      group: 'go',
      icon: 'i-lucide-inbox',
      shortcut: 'g o',
      run: go('orders', { queue: 'to_ship' }),
    },
    {
      id: 'go.blocked',
      group: 'go',
      icon: 'i-lucide-triangle-alert',
      shortcut: 'g x',
      run: go('orders', { queue: 'blocked' }),
    },
    {
      id: 'go.listings',
      group: 'go',
      icon: 'i-lucide-tags',
      shortcut: 'g l',
      run: go('listings', { list: 'all' }),
    },
    { id: 'go.customs', group: 'go', icon: 'i-lucide-file-check-2', shortcut: 'g u', run: go('customs') },
    { id: 'go.insights', group: 'go', icon: 'i-lucide-chart-column', shortcut: 'g i', run: go('insights') },
    { id: 'go.channels', group: 'go', icon: 'i-lucide-store', shortcut: 'g c', run: go('channels') },
    { id: 'go.outbox', group: 'go', icon: 'i-lucide-send', shortcut: 'g b', run: go('outbox') },
    {
      id: 'go.conflicts',
      group: 'go',
      icon: 'i-lucide-git-compare-arrows',
      shortcut: 'g f',
      run: go('conflicts'),
    },
    { id: 'go.activity', group: 'go', icon: 'i-lucide-history', shortcut: 'g a', run: go('activity') },
    {
      id: 'go.quarantine',
      group: 'go',
      icon: 'i-lucide-file-question-mark',
      shortcut: 'g q',
      run: go('quarantine'),
    },
    { id: 'go.settings', group: 'go', icon: 'i-lucide-settings', shortcut: 'g s', run: go('settings') },
  ]
  useCommands(places)
}

/** Theme, density and language. */
function useLookCommands(): void {
  const save = useSaveDesk()
  const looks: Command[] = [
    { id: 'view.light', group: 'view', icon: 'i-lucide-sun', run: () => save({ theme: 'light' }) },
    { id: 'view.dark', group: 'view', icon: 'i-lucide-moon', run: () => save({ theme: 'dark' }) },
    {
      id: 'view.system-theme',
      group: 'view',
      icon: 'i-lucide-sun-moon',
      run: () => save({ theme: 'system' }),
    },
    { id: 'view.compact', group: 'view', icon: 'i-lucide-rows-4', run: () => save({ density: 'compact' }) },
    { id: 'view.normal', group: 'view', icon: 'i-lucide-rows-3', run: () => save({ density: 'normal' }) },
    { id: 'view.roomy', group: 'view', icon: 'i-lucide-rows-2', run: () => save({ density: 'roomy' }) },
    { id: 'view.english', group: 'view', icon: 'i-lucide-languages', run: () => save({ locale: 'en' }) },
    { id: 'view.chinese', group: 'view', icon: 'i-lucide-languages', run: () => save({ locale: 'zh-CN' }) },
  ]
  useCommands(looks)
}

/** Into the demo and out of it, and its line cut to see the app work without. */
function useDemoCommands(): void {
  const workspace = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()
  useCommands([
    {
      id: 'demo.offline',
      group: 'demo',
      icon: 'i-lucide-wifi-off',
      when: () => workspace.kind === 'demo',
      run: async () =>
        notices.settle(await workspace.calls['demo.set-line']({ online: false }), t('app:demo.cut')),
    },
    {
      id: 'demo.online',
      group: 'demo',
      icon: 'i-lucide-wifi',
      when: () => workspace.kind === 'demo',
      run: async () => {
        if (
          notices.settle(await workspace.calls['demo.set-line']({ online: true }), t('app:demo.healed')) !==
          null
        )
          workspace.engine.syncNow()
      },
    },
    {
      id: 'demo.open',
      group: 'demo',
      icon: 'i-lucide-ship',
      when: () => workspace.kind !== 'demo',
      run: async () => notices.settle(await switchWorkspace(workspace, 'demo')),
    },
    {
      id: 'demo.leave',
      group: 'demo',
      icon: 'i-lucide-log-out',
      when: () => workspace.kind === 'demo' && !workspace.info.demo,
      run: async () => notices.settle(await switchWorkspace(workspace, 'none')),
    },
  ])
}
