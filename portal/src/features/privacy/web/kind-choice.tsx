import { useTexts } from '#platform/web'
import { type RequestKind, requestKinds } from '../core/index.ts'
import style from './privacy.module.css'

/** What may be asked for, each with what it means. Withdrawal has its own button beside each consent. */
export function KindChoice({ kinds = requestKinds.filter(kind => kind !== 'withdrawal') }: { kinds?: readonly RequestKind[] }) {
  const t = useTexts('privacy')
  return (
    <fieldset className={style.choices}>
      <legend>{t('public.what')}</legend>
      {kinds.map((kind, place) => (
        <label className={style.choice} key={kind}>
          <input type="radio" name="kind" value={kind} defaultChecked={place === 0} />
          {t(`kind.${kind}`)}
          <small>{t(`kindHelp.${kind}`)}</small>
        </label>
      ))}
    </fieldset>
  )
}

/** The chosen one, as a form hands it over. */
export const readKind = (text: string): RequestKind => requestKinds.find(kind => kind === text) ?? 'access'
