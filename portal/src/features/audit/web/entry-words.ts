import { useTexts } from '#platform/web'
import { type AuditEntryView, auditedActions } from '../core/index.ts'

/** An action in words; one without words as it is written. */
export function useActionName(): (action: string) => string {
  const t = useTexts('audit')
  return action => (auditedActions.includes(action) ? t(`action.${action.replace('.', '_')}`) : action)
}

/** Who acted, in words. */
export function useActorName(): (actor: AuditEntryView['actor']) => string {
  const t = useTexts('audit')
  return ({ kind, name }) => {
    if (kind === 'visitor' || kind === 'system') return t(kind)
    const person = name ?? t('unknown')
    return kind === 'api-key' ? t('byKey', { name: person }) : person
  }
}
