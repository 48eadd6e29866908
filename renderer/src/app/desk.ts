import { computed, inject, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import { FRESH_DESK } from '#renderer/data/repos/settings.repo.ts'
import type { DeskSettings } from '#renderer/data/setting-records.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

export const deskKey: InjectionKey<Readonly<ShallowRef<DeskSettings | undefined>>> = Symbol('desk')

/** The desk's settings as they are stored, live; a fresh desk until they are read. */
export function useDesk(): ComputedRef<DeskSettings> {
  const desk = inject(deskKey)
  return computed(() => desk?.value ?? FRESH_DESK)
}

/** Saves a part of the settings; says so when it does not work. */
export function useSaveDesk(): (patch: Partial<DeskSettings>, text?: string) => Promise<boolean> {
  const { context } = useWorkspace()
  const notices = useNotices()
  return async (patch, text) => notices.settle(await saveSettings(context, { patch }), text) !== null
}
