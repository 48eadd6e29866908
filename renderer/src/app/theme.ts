import { onScopeDispose, watchEffect, type Ref } from 'vue'

export type ThemeChoice = 'light' | 'dark' | 'system'

/** Keeps the class of the document on the chosen theme; `system` follows the machine while it runs. */
export function useTheme(choice: Readonly<Ref<ThemeChoice>>): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const dark = choice.value === 'dark' || (choice.value === 'system' && system.matches)
    document.documentElement.classList.toggle('dark', dark)
    document.documentElement.classList.toggle('light', !dark)
  }
  watchEffect(apply)
  system.addEventListener('change', apply)
  onScopeDispose(() => system.removeEventListener('change', apply))
}
