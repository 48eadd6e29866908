import i18next, { type i18n } from 'i18next'
import { chinese, english, type Language } from '#renderer/app/locales.ts'

/** The language to show for a choice and the system's own tag. */
export function languageFor(choice: Language | 'system', systemTag: string): Language {
  if (choice !== 'system') return choice
  return systemTag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export async function createI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance()
  await instance.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'zh-CN'],
    ns: Object.keys(english),
    defaultNS: 'app',
    resources: { en: english, 'zh-CN': chinese },
    // Vue escapes; escaping twice would show entities in buyers' names.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return instance
}
