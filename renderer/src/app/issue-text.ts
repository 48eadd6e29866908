import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'

type Translate = ReturnType<typeof useTranslation>['t']

/** What happened and what to do, in words; what the other side said goes behind it. */
export function issueSentence(t: Translate, issue: Issue): string {
  // Typed keys of this many texts, as a parameter's type, are more than the compiler follows.
  const look = t as unknown as (keys: string[], values: Record<string, unknown>) => string
  const keys = [`issues:code.${issue.code}`]
  if (issue.reason) keys.unshift(`issues:reason.${issue.reason}`)
  const text = look(keys, { reason: issue.reason ?? '', field: issue.field ?? '' })
  return issue.remoteMessage ? look(['app:issue.with-remote'], { text, remote: issue.remoteMessage }) : text
}

/** Code and reason as people may quote them. */
export function issueCode(issue: Issue): string {
  return [issue.code, issue.reason, issue.remoteCode].filter(Boolean).join(' · ')
}

/** The issue functions bound to the language on screen. */
export function useIssueText() {
  const { t } = useTranslation()
  return { sentence: (issue: Issue) => issueSentence(t, issue), code: issueCode }
}
