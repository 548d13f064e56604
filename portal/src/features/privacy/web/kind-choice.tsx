import { Choice, ChoiceGroup, useTexts } from '#platform/web'
import { type RequestKind, requestKinds } from '../core/index.ts'

/** What may be asked for, each with what it means. Withdrawal has its own button beside each consent. */
export function KindChoice({ kinds = requestKinds.filter(kind => kind !== 'withdrawal') }: { kinds?: readonly RequestKind[] }) {
  const t = useTexts('privacy')
  return (
    <ChoiceGroup title={t('public.what')}>
      {kinds.map((kind, place) => (
        <Choice
          key={kind}
          type="radio"
          name="kind"
          value={kind}
          defaultChecked={place === 0}
          label={t(`kind.${kind}`)}
          help={t(`kindHelp.${kind}`)}
        />
      ))}
    </ChoiceGroup>
  )
}

/** The chosen one, as a form hands it over. */
export const readKind = (text: string): RequestKind => requestKinds.find(kind => kind === text) ?? 'access'
